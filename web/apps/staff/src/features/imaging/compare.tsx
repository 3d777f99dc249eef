import type { Patient, PatientImage } from '@chairside/api'
import { WHOLE } from '@chairside/imaging'
import { Dialog, Input } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { PictureCanvas } from './picture-canvas'
import { pictureQuery } from './queries'
import { DARK, useHeading } from './viewer'

type CompareProps = { patient: Patient; before: PatientImage; after: PatientImage; onClose: () => void }

/** Two images over each other, the older on the left of a line that is moved; both as large as they fit. */
export function Compare({ patient, onClose, ...two }: CompareProps) {
  const t = useTranslations('imaging')
  const states = useTranslations('states')
  const heading = useHeading(patient)
  const [share, setShare] = useState(50)
  const [before, after] = two.before.taken_on <= two.after.taken_on ? [two.before, two.after] : [two.after, two.before]
  const set = (text: string) => setShare(Math.min(100, Math.max(0, Math.round(Number(text) || 0))))
  return (
    <Dialog
      open
      opaque
      onClose={onClose}
      title={heading(before).title}
      about={
        <span className="text-[#ffffffcc]">{t('comparing', { before: heading(before).about, after: heading(after).about })}</span>
      }
      close={states('close')}
      className={DARK}
    >
      <div dir="ltr" className="relative mt-2 min-h-0 flex-1 overflow-hidden border-[#ffffff26] border-t">
        <Half image={before} />
        <div className="absolute inset-0 bg-[black]" style={{ clipPath: `inset(0 0 0 ${share}%)` }}>
          <Half image={after} />
        </div>
        <span aria-hidden className="pointer-events-none absolute inset-y-0 w-0.5 bg-[white]" style={{ left: `${share}%` }} />
      </div>
      <div className="flex flex-wrap items-center gap-3 border-[#ffffff26] border-t px-3 py-2 text-sm">
        <input
          type="range"
          min={0}
          max={100}
          value={share}
          dir="ltr"
          aria-label={t('line')}
          // biome-ignore lint/a11y/noAutofocus: the arrows move it at once
          autoFocus
          onChange={event => set(event.target.value)}
          className="w-64 max-sm:w-40"
        />
        <Input
          type="number"
          min={0}
          max={100}
          value={share}
          aria-label={t('lineNumber')}
          onChange={event => set(event.target.value)}
          className="h-8 w-20 text-foreground"
        />
        <strong className="ms-auto font-medium text-xs">{t('notForDiagnosis')}</strong>
      </div>
    </Dialog>
  )
}

function Half({ image }: { image: PatientImage }) {
  const picture = useQuery(pictureQuery(useSlug(), image)).data
  if (!picture) return null
  const window =
    picture.kind === 'greys' && image.window_centre !== null && image.window_width
      ? { centre: image.window_centre, width: image.window_width }
      : WHOLE
  return (
    <div className="absolute inset-0 grid place-items-center [&>canvas]:h-full [&>canvas]:w-full [&>canvas]:object-contain">
      <PictureCanvas picture={picture} window={window} inverted={image.inverted} />
    </div>
  )
}
