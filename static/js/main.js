import { askBeforeSubmit } from "./behaviours/confirm.js";
import { copyOnClick } from "./behaviours/copy.js";
import { keepDrafts } from "./behaviours/draft.js";
import { offerCalendars } from "./behaviours/moment.js";
import { showKeptPasses, workOffline } from "./behaviours/offline.js";
import { printOnClick } from "./behaviours/print.js";
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
suggestClasses(document);
workOffline(document);
showKeptPasses(document);
