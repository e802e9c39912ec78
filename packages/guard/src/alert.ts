// Apart from the guard: a page that sends no alerts loads none of it.
export { type Alert, type AlertContext, alertOf, toOcsf, toSarif } from '@portcullis/core';
