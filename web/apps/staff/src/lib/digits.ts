/** Arabic-Indic figures as the Latin ones that numbers, dates and times are read in. */
export const latin = (text: string) => text.replace(/[\u0660-\u0669]/g, digit => String(digit.charCodeAt(0) - 0x660))
