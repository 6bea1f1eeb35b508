import { askBeforeSubmit } from "./behaviours/confirm.js";
import { copyOnClick } from "./behaviours/copy.js";
import { countMeant } from "./behaviours/count_meant.js";
import { keepDrafts } from "./behaviours/draft.js";
import { followJob } from "./behaviours/follow_job.js";
import { insertOnClick } from "./behaviours/insert.js";
import { offerCalendars } from "./behaviours/moment.js";
import { showKeptPasses, workOffline } from "./behaviours/offline.js";
import { printOnClick } from "./behaviours/print.js";
import { reloadInTime } from "./behaviours/reload.js";
import { submitOnce } from "./behaviours/submit_once.js";
import { suggestClasses } from "./behaviours/suggest_classes.js";
import { tickAll } from "./behaviours/tick_all.js";

// The question comes before the guard: a form that was not confirmed is not on its way.
askBeforeSubmit(document);
submitOnce(document);
keepDrafts(document);
offerCalendars(document);
copyOnClick(document);
printOnClick(document);
tickAll(document);
insertOnClick(document);
suggestClasses(document);
countMeant(document);
reloadInTime(document);
followJob(document);
workOffline(document);
showKeptPasses(document);
