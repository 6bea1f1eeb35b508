"""Host families (寄宿家庭): visited, checked, approved by a second person, and only then somebody lives there."""
