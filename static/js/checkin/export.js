/** Hand the waiting scans over as a file, so that none is lost with the phone. */
export function saveAsFile(event, scans) {
  const content = JSON.stringify({ event_id: event, scans }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.download = `scans-${event}-${Date.now()}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
