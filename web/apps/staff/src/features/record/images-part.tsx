import type { PatientImage } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useImageWords } from '@/features/imaging/use-image-words'
import { Part } from './part'

/** Of which pictures there are; small, since the originals are files of their own. */
export function ImagesPart({ images }: { images: PatientImage[] }) {
  const t = useTranslations('imaging')
  const words = useImageWords()
  return (
    <Part title={t('list')} none={images.length === 0 && t('none')}>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-3 text-sm">
        {images.map(one => {
          const what = words(one)
          return (
            <li key={one.id} className="grid content-start gap-1">
              {one.links.thumb && <img src={one.links.thumb} alt={what} className="max-h-32 object-contain" />}
              <span className={one.struck_at ? 'line-through' : ''}>{what}</span>
              {one.note && <span dir="auto">{one.note}</span>}
              {one.strike_reason && <span dir="auto">{t('struckAs', { reason: one.strike_reason })}</span>}
            </li>
          )
        })}
      </ul>
    </Part>
  )
}
