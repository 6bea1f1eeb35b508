"""The trip of a programme (行前包): what is to be seen to, who looks after whom, who rides and sleeps where."""
