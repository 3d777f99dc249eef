import type { Patient, PatientImage } from '@chairside/api'
import { Button, Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Columns2, Grid3x3, Images, ScanEye } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { BringImages } from './bring-images'
import { ImageCard } from './image-card'
import { AskWhy, Describe, KINDS } from './image-dialogs'
import { imagesQuery } from './queries'
import { useImageActs } from './use-image-acts'

const Viewer = lazy(() => import('./viewer').then(one => ({ default: one.Viewer })))
const Compare = lazy(() => import('./compare').then(one => ({ default: one.Compare })))
const Mounts = lazy(() => import('./mounts').then(one => ({ default: one.Mounts })))

/** A patient's images, the newest first; what is opened fills the screen. */
export function ImagingSection({ patient }: { patient: Patient }) {
  const images = useQuery(imagesQuery(useSlug(), patient.id))
  return <Answer to={images}>{items => <Gallery patient={patient} images={items} />}</Answer>
}

type Asked = { what: 'strike' | 'confirm' | 'describe'; image: string }

function Gallery({ patient, images }: { patient: Patient; images: PatientImage[] }) {
  const t = useTranslations('imaging')
  const mayWrite = useMay('imaging.write') && !patient.archived_at
  const mayStrike = useMay('imaging.strike') && !patient.archived_at
  const acts = useImageActs()
  const [kind, setKind] = useState<PatientImage['kind'] | ''>('')
  const [struck, setStruck] = useState(false)
  const [chosen, setChosen] = useState<string[]>([])
  const [open, setOpen] = useState<string>()
  const [comparing, setComparing] = useState(false)
  const [mounting, setMounting] = useState(false)
  const [asked, ask] = useState<Asked>()
  const list = useRef<HTMLUListElement>(null)
  const shown = images.filter(one => (!kind || one.kind === kind) && (struck || !one.struck_at))
  const ready = shown.filter(one => one.state === 'ready')
  // Whoever opens the tab by its key has the last bitewings under Enter, or else the last image.
  useEffect(() => {
    const first =
      list.current?.querySelector<HTMLElement>('[data-kind=bitewing]') ?? list.current?.querySelector<HTMLElement>('[data-image]')
    const at = document.activeElement
    if (!at || at === document.body || at.matches('[role=tab],[role=tabpanel],main')) first?.focus({ preventScroll: true })
  }, [])
  const about = images.find(one => one.id === asked?.image)
  const shut = () => ask(undefined)
  const compared = chosen.map(id => ready.find(one => one.id === id)).filter(one => !!one)
  const choose = (id: string) =>
    setChosen(before => (before.includes(id) ? before.filter(one => one !== id) : [...before.slice(-1), id]))
  return (
    <div className="grid gap-4 p-6 max-sm:p-4">
      {mayWrite && <BringImages patient={patient} />}
      <div className="flex flex-wrap items-center gap-2">
        <label className="flex items-center gap-2 text-sm">
          <span>{t('show')}</span>
          <select
            value={kind}
            onChange={event => setKind(event.target.value as PatientImage['kind'] | '')}
            className="h-control rounded-md border bg-background px-2"
          >
            <option value="">{t('everyKind')}</option>
            {KINDS.map(one => (
              <option key={one} value={one}>
                {t(`kinds.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {images.some(one => one.struck_at) && (
          <label className="flex items-center gap-1.5 text-sm">
            <input type="checkbox" checked={struck} onChange={() => setStruck(!struck)} /> {t('showStruck')}
          </label>
        )}
        <span className="ms-auto flex gap-2">
          <Button variant="outline" disabled={compared.length !== 2} onClick={() => setComparing(true)}>
            <Columns2 aria-hidden /> {t('compare')}
          </Button>
          <Button variant="outline" aria-pressed={mounting} onClick={() => setMounting(!mounting)}>
            <Grid3x3 aria-hidden /> {t('mounts')}
          </Button>
        </span>
      </div>
      {mounting && (
        <Suspense>
          <Mounts patient={patient} images={images} mayWrite={mayWrite} onOpen={setOpen} />
        </Suspense>
      )}
      {shown.length ? (
        <ul ref={list} aria-label={t('list')} className="grid grid-cols-[repeat(auto-fill,minmax(12.75rem,1fr))] gap-3">
          {shown.map(image => (
            <ImageCard
              key={image.id}
              image={image}
              chosen={chosen.includes(image.id)}
              mayWrite={mayWrite}
              mayStrike={mayStrike}
              onOpen={() => setOpen(image.id)}
              onChoose={() => choose(image.id)}
              onAsk={what => ask({ what, image: image.id })}
              onRestore={() => void acts.restore(image)}
            />
          ))}
        </ul>
      ) : (
        <Empty icon={images.length ? ScanEye : Images} title={t('none')} about={t(mayWrite ? 'noneBring' : 'noneAbout')} />
      )}
      {about && asked && asked.what !== 'describe' && (
        <AskWhy
          what={asked.what}
          image={about}
          onDone={reason => (asked.what === 'strike' ? acts.strike(about, reason) : acts.confirm(about, reason))}
          onClose={shut}
        />
      )}
      {about && asked?.what === 'describe' && <Describe image={about} onClose={shut} />}
      <Suspense>
        {open && (
          <Viewer
            patient={patient}
            images={images.filter(one => one.state === 'ready' && (!one.struck_at || one.id === open))}
            id={open}
            acts={acts}
            mayWrite={mayWrite}
            onGo={setOpen}
            onClose={() => setOpen(undefined)}
          />
        )}
        {comparing && compared[0] && compared[1] && (
          <Compare patient={patient} before={compared[0]} after={compared[1]} onClose={() => setComparing(false)} />
        )}
      </Suspense>
    </div>
  )
}
