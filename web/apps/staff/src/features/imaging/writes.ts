import { change, type ImageMark, type ImageMount, type NewImageMark, type PatientImage } from '@chairside/api'

const HOME = '/clinics/{clinic}/patients/{patient_id}/images'
const MOUNTS = '/clinics/{clinic}/patients/{patient_id}/image-mounts'
const touches = ['images']
type Target = Pick<PatientImage, 'id' | 'patient_id' | 'version'>
const toward = (clinic: string, { id, patient_id, version }: Target) => ({
  params: { clinic, patient_id, image_id: id },
  thing: id,
  version,
  touches,
})

export const beginFile = (clinic: string, patient_id: string, name: string, size: number) =>
  change('post', '/clinics/{clinic}/files', { params: { clinic }, touches: [], body: { patient_id, name, size } })
export const addImage = (
  clinic: string,
  patient_id: string,
  body: { file_id: string; kind: PatientImage['kind']; teeth: string[]; taken_on?: string },
) => change('post', HOME, { params: { clinic, patient_id }, touches, body })
export const changeImage = (
  clinic: string,
  image: Target,
  body: Partial<Pick<PatientImage, 'kind' | 'teeth' | 'taken_on' | 'note' | 'mm_per_pixel'>>,
) => change('patch', `${HOME}/{image_id}`, { ...toward(clinic, image), body })
export const strikeImage = (clinic: string, image: Target, reason: string) =>
  change('post', `${HOME}/{image_id}/strike`, { ...toward(clinic, image), body: { reason } })
export const restoreImage = (clinic: string, image: Target) =>
  change('delete', `${HOME}/{image_id}/strike`, toward(clinic, image))
export const confirmImage = (clinic: string, image: Target, reason: string) =>
  change('post', `${HOME}/{image_id}/confirmation`, { ...toward(clinic, image), body: { reason } })

const over = (clinic: string, { id, patient_id, image_id }: ImageMark) => ({
  params: { clinic, patient_id, image_id, mark_id: id },
  thing: id,
  touches,
})
export const drawMark = (clinic: string, image: Target, body: NewImageMark) =>
  change('post', `${HOME}/{image_id}/marks`, {
    params: { clinic, patient_id: image.patient_id, image_id: image.id },
    touches,
    body,
  })
export const removeMark = (clinic: string, mark: ImageMark) =>
  change('post', `${HOME}/{image_id}/marks/{mark_id}/removal`, over(clinic, mark))
export const restoreMark = (clinic: string, mark: ImageMark) =>
  change('delete', `${HOME}/{image_id}/marks/{mark_id}/removal`, over(clinic, mark))

const mountTouches = ['image-mounts']
const mount = (clinic: string, { id, patient_id }: ImageMount) => ({
  params: { clinic, patient_id, mount_id: id },
  thing: id,
  touches: mountTouches,
})
export const makeMount = (
  clinic: string,
  patient_id: string,
  body: { template: ImageMount['template']; places: Record<string, string>; taken_on?: string },
) => change('post', MOUNTS, { params: { clinic, patient_id }, touches: mountTouches, body })
export const fillMount = (clinic: string, one: ImageMount, places: Record<string, string>) =>
  change('put', `${MOUNTS}/{mount_id}/places`, { ...mount(clinic, one), version: one.version, body: { places } })
export const removeMount = (clinic: string, one: ImageMount) => change('post', `${MOUNTS}/{mount_id}/removal`, mount(clinic, one))
export const restoreMount = (clinic: string, one: ImageMount) =>
  change('delete', `${MOUNTS}/{mount_id}/removal`, mount(clinic, one))
