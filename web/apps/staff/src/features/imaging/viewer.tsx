import type { Patient, PatientImage } from '@chairside/api'
import { distance, type Point, type Size, scaleOf } from '@chairside/imaging'
import { Button, Dialog, Failure, Input, Loading } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useCallback, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { marksQuery, pictureQuery } from './queries'
import type { ImageActs } from './use-image-acts'
import { useImageWords } from './use-image-words'
import { useViewing } from './use-viewing'
import { keyed } from './viewer-keys'
import { ViewerStage } from './viewer-stage'
import { ViewerTools } from './viewer-tools'

type ViewerProps = {
  patient: Patient
  images: PatientImage[]
  id: string
  acts: ImageActs
  mayWrite: boolean
  onGo: (id: string) => void
  onClose: () => void
}
export const DARK =
  'inset-x-0 top-[var(--notices,0px)] bottom-0 mx-0 max-h-none max-w-none rounded-none bg-[black] text-[white] [&>button]:text-[white]'

/** Whose it is, of which day, of which teeth: above every image, whatever is done to it. */
export function useHeading(patient: Patient) {
  const t = useTranslations('imaging')
  const what = useImageWords()
  return (image: PatientImage) => ({
    title: `${patient.first_name} ${patient.last_name}`,
    about: what(image, t('noTeeth')),
  })
}

/** One image over the whole screen, always dark. */
export function Viewer({ patient, images, id, acts, mayWrite, onGo, onClose }: ViewerProps) {
  const states = useTranslations('states')
  const heading = useHeading(patient)
  const at = images.findIndex(one => one.id === id)
  const image = images[at]
  const go = (by: number) => {
    const next = images[at + by]
    if (next) onGo(next.id)
  }
  if (!image) return null
  const { title, about } = heading(image)
  return (
    <Dialog
      open
      opaque
      onClose={onClose}
      title={title}
      about={<span className="text-[#ffffffcc]">{about}</span>}
      close={states('close')}
      className={DARK}
    >
      <Looking image={image} acts={acts} mayWrite={mayWrite} place={[at + 1, images.length]} go={go} />
    </Dialog>
  )
}

type LookingProps = { image: PatientImage; acts: ImageActs; mayWrite: boolean; place: [number, number]; go: (by: number) => void }
function Looking({ image, acts, mayWrite, place, go }: LookingProps) {
  const t = useTranslations('imaging')
  const states = useTranslations('states')
  const clinic = useSlug()
  const { format } = useWriting()
  const picture = useQuery(pictureQuery(clinic, image))
  const marks = useQuery(marksQuery(clinic, image.patient_id, image.id)).data ?? []
  const [frame, setFrame] = useState<Size>({ width: 0, height: 0 })
  const [writing, setWriting] = useState<Point>()
  const viewing = useViewing(image, picture.data, frame)
  const keep = useCallback((next: Size) => setFrame(next), [])
  const number = (value: number) => new Intl.NumberFormat(format, { maximumFractionDigits: 1 }).format(value)
  const ruler = marks.filter(one => one.kind === 'length').at(-1)

  function pressed(event: KeyboardEvent<HTMLElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).matches('input, select, textarea')) return
    const act = keyed(event.key, event.shiftKey, viewing, go)
    if (!act) return
    event.preventDefault()
    act()
  }
  function calibrate(text: string) {
    const mm = Number(text.replace(',', '.'))
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ruler?.points ?? []
    if (mm > 0) void acts.calibrate(image, scaleOf(distance({ x: x1, y: y1 }, { x: x2, y: y2 }), mm))
  }
  return (
    <div
      role="application"
      aria-label={t('viewer')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys work wherever one is in it
      tabIndex={0}
      // biome-ignore lint/a11y/noAutofocus: it is what was opened
      ref={one => {
        if (one && !one.contains(document.activeElement)) one.focus()
      }}
      onKeyDown={pressed}
      className="mt-2 flex min-h-0 flex-1 flex-col border-[#ffffff26] border-t outline-none"
    >
      <ViewerTools viewing={viewing} mayWrite={mayWrite} />
      {picture.error ? (
        <Failure
          title={t('notShown')}
          about={t('notShownAbout')}
          requestLabel=""
          retry={states('retry')}
          onRetry={() => void picture.refetch()}
        />
      ) : (
        <ViewerStage
          image={image}
          picture={picture.data}
          viewing={viewing}
          marks={marks}
          frame={frame}
          onFrame={keep}
          onDraw={mark => mayWrite && void acts.draw(image, mark)}
          onText={setWriting}
        />
      )}
      {!picture.data && !picture.error && <Loading label={states('loading')} rows={1} />}
      {writing && (
        <form
          className="flex items-center gap-2 border-[#ffffff26] border-t px-3 py-2"
          onSubmit={event => {
            event.preventDefault()
            const words = String(new FormData(event.currentTarget).get('words')).trim()
            if (words) void acts.draw(image, { kind: 'text', points: [writing.x, writing.y], words })
            setWriting(undefined)
          }}
        >
          {/* biome-ignore lint/a11y/noAutofocus: it was asked for */}
          <Input
            name="words"
            autoFocus
            aria-label={t('tools.text')}
            maxLength={200}
            dir="auto"
            className="max-w-sm text-foreground"
          />
          <Button type="submit" size="sm">
            {t('save')}
          </Button>
        </form>
      )}
      <footer className="flex flex-wrap items-center gap-x-4 gap-y-1 border-[#ffffff26] border-t px-3 py-1.5 text-[#ffffffcc] text-xs">
        <span className="flex items-center gap-1">
          <button
            type="button"
            aria-label={t('before')}
            disabled={place[0] === 1}
            onClick={() => go(-1)}
            className="grid size-7 place-items-center rounded-md hover:bg-[#ffffff26] disabled:opacity-40 [&_svg]:size-4 rtl:-scale-x-100"
          >
            <ChevronLeft aria-hidden />
          </button>
          <bdi>{t('place', { at: place[0], of: place[1] })}</bdi>
          <button
            type="button"
            aria-label={t('after')}
            disabled={place[0] === place[1]}
            onClick={() => go(1)}
            className="grid size-7 place-items-center rounded-md hover:bg-[#ffffff26] disabled:opacity-40 [&_svg]:size-4 rtl:-scale-x-100"
          >
            <ChevronRight aria-hidden />
          </button>
        </span>
        <output>{t('windowNow', { centre: number(viewing.window.centre), width: number(viewing.window.width) })}</output>
        <output>{t('zoomNow', { zoom: number(viewing.view.zoom * 100) })}</output>
        <span>
          {image.mm_per_pixel
            ? t(`scale.${image.measured_by ?? 'file'}`, { mm: String(Math.round(image.mm_per_pixel * 1e4) / 1e4) })
            : t('noScale')}
        </span>
        {ruler && mayWrite && (
          <form
            className="flex items-center gap-1.5"
            onSubmit={event => {
              event.preventDefault()
              calibrate(String(new FormData(event.currentTarget).get('mm')))
            }}
          >
            <Input
              name="mm"
              inputMode="decimal"
              aria-label={t('lastLine')}
              placeholder={t('mm')}
              className="h-7 w-16 text-foreground"
            />
            <Button type="submit" size="sm" variant="outline" className="text-foreground">
              {t('calibrate')}
            </Button>
          </form>
        )}
        {marks.length > 0 && mayWrite && (
          <button
            type="button"
            onClick={() => {
              const last = marks.at(-1)
              if (last) void acts.erase(last)
            }}
            className="flex items-center gap-1 rounded-md px-1.5 py-1 hover:bg-[#ffffff26] [&_svg]:size-3.5"
          >
            <Trash2 aria-hidden /> {t('eraseLast')}
          </button>
        )}
        <strong className="ms-auto font-medium">{t('notForDiagnosis')}</strong>
      </footer>
    </div>
  )
}
