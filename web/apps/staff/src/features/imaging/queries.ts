import { get, type ImageMark, type ImageMount, type PatientImage } from '@chairside/api'
import { coloursOf, greysOf } from '@chairside/imaging'
import { queryOptions } from '@tanstack/react-query'

const HOME = '/clinics/{clinic}/patients/{patient_id}/images'
/** So often one looks whether what was just brought is checked, where nobody tells. */
const LOOK_AGAIN = 2500
/** Addresses of pictures are good for ten minutes at least. */
const FRESH = 8 * 60_000

export const imagesQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'images', patient_id, 'list'],
    queryFn: async () => (await get(HOME, { params: { path: { clinic, patient_id } } })).data?.items as PatientImage[],
    refetchInterval: query => (query.state.data?.some(one => one.state === 'quarantined') ? LOOK_AGAIN : FRESH),
  })

export const marksQuery = (clinic: string, patient_id: string, image_id: string) =>
  queryOptions({
    queryKey: [clinic, 'images', patient_id, 'marks', image_id],
    queryFn: async () =>
      (await get(`${HOME}/{image_id}/marks`, { params: { path: { clinic, patient_id, image_id } } })).data?.items as ImageMark[],
  })

export const mountsQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'image-mounts', patient_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/patients/{patient_id}/image-mounts', { params: { path: { clinic, patient_id } } })).data
        ?.items as ImageMount[],
  })

/** The picture itself, as it is windowed. Its address changes, the picture does not. */
export const pictureQuery = (clinic: string, image: PatientImage) =>
  queryOptions({
    queryKey: [clinic, 'image-pictures', image.id],
    queryFn: async () => {
      const answer = await fetch(image.links.view ?? '')
      if (!answer.ok) throw new Error('the picture was not given')
      return image.picture === 'gray16'
        ? greysOf(await answer.arrayBuffer(), image.width ?? 0, image.height ?? 0)
        : coloursOf(await answer.blob())
    },
    enabled: !!image.links.view,
    staleTime: Infinity,
    gcTime: 60_000, // a panoramic of sixteen bits has 20 MB
  })
