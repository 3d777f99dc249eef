import {
  change,
  type NewNote,
  type NewNoteSnippet,
  type NewNoteTemplate,
  type NoteSnippet,
  type NoteTemplate,
} from '@chairside/api'

const PATH = '/clinics/{clinic}/patients/{patient_id}/notes'
const touches = ['notes']
export type Target = { id: string; patient_id: string; version: number }
const toward = (clinic: string, { id, patient_id, version }: Target) => ({
  params: { clinic, patient_id, note_id: id },
  thing: id,
  version,
  touches,
})

/** What was just typed is read anew by nobody who types on: the list is told when it is kept, signed or left. */
export const writeNote = (clinic: string, patient_id: string, body: NewNote) =>
  change('post', PATH, { params: { clinic, patient_id }, touches: [], body })
export const changeNote = (clinic: string, note: Target, body: Partial<NewNote> & { editing_id: string; keep?: boolean }) =>
  change('patch', `${PATH}/{note_id}`, { ...toward(clinic, note), touches: [], body: { keep: false, ...body } })

export const fillTemplate = (clinic: string, patient_id: string, template_id: string) =>
  change('post', `${PATH}/filled-template`, { params: { clinic, patient_id }, touches: [], body: { template_id } })

/** Of the version that was seen. */
export const signNote = (clinic: string, note: Target) => change('post', `${PATH}/{note_id}/signature`, toward(clinic, note))
export const cosignNote = (clinic: string, note: Target) => change('post', `${PATH}/{note_id}/cosignature`, toward(clinic, note))
export const addToNote = (clinic: string, note: Target, body: string) =>
  change('post', `${PATH}/{note_id}/addenda`, { ...toward(clinic, note), body: { body } })

export const askCosigner = (clinic: string, note: Target, member_id: string) =>
  change('put', `${PATH}/{note_id}/cosigner`, { ...toward(clinic, note), body: { member_id } })
export const askNoCosigner = (clinic: string, note: Target) =>
  change('delete', `${PATH}/{note_id}/cosigner`, toward(clinic, note))
export const handOver = (clinic: string, note: Target, member_id: string) =>
  change('put', `${PATH}/{note_id}/author`, { ...toward(clinic, note), body: { member_id } })

export const strikeNote = (clinic: string, note: Target, reason: string) =>
  change('post', `${PATH}/{note_id}/strike`, { ...toward(clinic, note), body: { reason } })
export const restoreNote = (clinic: string, note: Target) => change('delete', `${PATH}/{note_id}/strike`, toward(clinic, note))

type Kept = { id: string; version: number }
export const addTemplate = (clinic: string, body: NewNoteTemplate) =>
  change('post', '/clinics/{clinic}/note-templates', { params: { clinic }, touches: ['note-templates'], body })
export const changeTemplate = (clinic: string, { id, version }: Kept, body: Partial<NewNoteTemplate>) =>
  change('patch', '/clinics/{clinic}/note-templates/{note_template_id}', {
    params: { clinic, note_template_id: id },
    thing: id,
    version,
    touches: ['note-templates'],
    body: body as { name?: string },
  })
export const removeTemplate = (clinic: string, { id, version }: Kept) =>
  change('delete', '/clinics/{clinic}/note-templates/{note_template_id}', {
    params: { clinic, note_template_id: id },
    thing: id,
    version,
    touches: ['note-templates'],
  })
export const addSnippet = (clinic: string, body: NewNoteSnippet) =>
  change('post', '/clinics/{clinic}/note-snippets', { params: { clinic }, touches: ['note-snippets'], body })
export const changeSnippet = (clinic: string, { id, version }: Kept, body: Partial<Pick<NewNoteSnippet, 'code' | 'body'>>) =>
  change('patch', '/clinics/{clinic}/note-snippets/{snippet_id}', {
    params: { clinic, snippet_id: id },
    thing: id,
    version,
    touches: ['note-snippets'],
    body: body as { code?: string },
  })
export const removeSnippet = (clinic: string, { id, version }: Kept) =>
  change('delete', '/clinics/{clinic}/note-snippets/{snippet_id}', {
    params: { clinic, snippet_id: id },
    thing: id,
    version,
    touches: ['note-snippets'],
  })

export const factsOfTemplate = ({ code, name, kind, body }: NoteTemplate): NewNoteTemplate => ({ code, name, kind, body })
export const factsOfSnippet = ({ code, body }: NoteSnippet) => ({ code, body })
