import type { ImageMark, ImageMount, NewImageMark, PatientImage } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import {
  changeImage,
  confirmImage,
  drawMark,
  fillMount,
  makeMount,
  removeMark,
  removeMount,
  restoreImage,
  restoreMark,
  restoreMount,
  strikeImage,
} from './writes'

/** What can be done with images: said when it was accepted, and offered back. */
export function useImageActs() {
  const t = useTranslations('imaging.did')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  return {
    strike: (image: PatientImage, reason: string) =>
      send(strikeImage(clinic, image, reason)).then(now => tell(t('struck'), () => send(restoreImage(clinic, now))), regret),
    restore: (image: PatientImage) =>
      send(restoreImage(clinic, image)).then(
        now => tell(t('restored'), () => send(strikeImage(clinic, now, image.strike_reason ?? ''))),
        regret,
      ),
    confirm: (image: PatientImage, reason: string) =>
      send(confirmImage(clinic, image, reason)).then(() => tell(t('confirmed')), regret),
    calibrate: (image: PatientImage, mm_per_pixel: number) =>
      send(changeImage(clinic, image, { mm_per_pixel })).then(
        now => tell(t('calibrated'), () => send(changeImage(clinic, now, { mm_per_pixel: image.mm_per_pixel }))),
        regret,
      ),
    draw: (image: PatientImage, body: NewImageMark) =>
      send(drawMark(clinic, image, body)).then(mark => {
        tell(t('drawn'), () => send(removeMark(clinic, mark)))
      }, regret),
    erase: (mark: ImageMark) =>
      send(removeMark(clinic, mark)).then(now => tell(t('erased'), () => send(restoreMark(clinic, now))), regret),
    makeMount: (patient: string, template: ImageMount['template'], places: Record<string, string>, taken_on?: string) =>
      send(makeMount(clinic, patient, { template, places, taken_on })).then(
        made => tell(t('mounted'), () => send(removeMount(clinic, made))),
        regret,
      ),
    fill: (mount: ImageMount, places: Record<string, string>) =>
      send(fillMount(clinic, mount, places)).then(
        now => tell(t('placed'), () => send(fillMount(clinic, now, mount.places))),
        regret,
      ),
    removeMount: (mount: ImageMount) =>
      send(removeMount(clinic, mount)).then(() => tell(t('unmounted'), () => send(restoreMount(clinic, mount))), regret),
  }
}
export type ImageActs = ReturnType<typeof useImageActs>
