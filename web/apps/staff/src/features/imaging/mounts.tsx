import type { ImageMount, Patient, PatientImage } from '@chairside/api'
import { Button, cn, Dialog } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { mountsQuery } from './queries'
import { useImageActs } from './use-image-acts'

/** The rows of each template: how many places, from the patient's right to their left. */
const ROWS: Record<ImageMount['template'], number[]> = {
  bitewings_2: [2],
  bitewings_4: [4],
  full_18: [7, 4, 7],
  full_20: [8, 4, 8],
  photos_8: [3, 3, 2],
}
const TEMPLATES = Object.keys(ROWS) as ImageMount['template'][]

type MountsProps = { patient: Patient; images: PatientImage[]; mayWrite: boolean; onOpen: (id: string) => void }

/** The mounts of a patient; the last bitewings are put into a new one by themselves. */
export function Mounts({ patient, images, mayWrite, onOpen }: MountsProps) {
  const t = useTranslations('imaging')
  const acts = useImageActs()
  const mounts = useQuery(mountsQuery(useSlug(), patient.id))
  const [template, setTemplate] = useState<ImageMount['template']>('bitewings_4')
  const ready = images.filter(one => one.state === 'ready' && !one.struck_at)
  function make() {
    const kind = template.startsWith('bitewings') ? 'bitewing' : ''
    const last = ready.find(one => one.kind === kind)
    // As they were taken: the oldest of that day first.
    const fitting = ready.filter(one => one.kind === kind && one.taken_on === last?.taken_on).reverse()
    const most = ROWS[template].reduce((sum, row) => sum + row, 0)
    const places = Object.fromEntries(fitting.slice(0, most).map((one, at) => [String(at + 1), one.id]))
    void acts.makeMount(patient.id, template, places, last?.taken_on)
  }
  return (
    <section aria-label={t('mounts')} className="grid gap-3 rounded-lg border p-3">
      {mayWrite && (
        <div className="flex flex-wrap items-center gap-2">
          <label className="flex items-center gap-2 text-sm">
            <span>{t('template')}</span>
            <select
              value={template}
              onChange={event => setTemplate(event.target.value as ImageMount['template'])}
              className="h-control rounded-md border bg-background px-2"
            >
              {TEMPLATES.map(one => (
                <option key={one} value={one}>
                  {t(`templates.${one}`)}
                </option>
              ))}
            </select>
          </label>
          <Button variant="outline" onClick={make}>
            <Plus aria-hidden /> {t('newMount')}
          </Button>
          <span className="text-muted-foreground text-xs">{t('mountHint')}</span>
        </div>
      )}
      <Answer to={mounts} compact>
        {items =>
          items.length ? (
            <div className="grid gap-4">
              {items.map(one => (
                <OneMount key={one.id} mount={one} images={ready} mayWrite={mayWrite} onOpen={onOpen} />
              ))}
            </div>
          ) : (
            <p className="text-muted-foreground text-sm">{t('noMounts')}</p>
          )
        }
      </Answer>
    </section>
  )
}

type OneProps = { mount: ImageMount; images: PatientImage[]; mayWrite: boolean; onOpen: (id: string) => void }
function OneMount({ mount, images, mayWrite, onOpen }: OneProps) {
  const t = useTranslations('imaging')
  const acts = useImageActs()
  const { day } = useWriting()
  const [filling, setFilling] = useState<string>()
  const put = (place: string, image: string | undefined) => {
    const { [place]: _, ...others } = mount.places
    return acts.fill(mount, image ? { ...others, [place]: image } : others)
  }
  let counted = 0
  return (
    <article aria-label={t(`templates.${mount.template}`)} className="grid gap-2">
      <div className="flex items-center gap-2 text-sm">
        <span className="me-auto font-medium">{`${t(`templates.${mount.template}`)} · ${day(mount.taken_on)}`}</span>
        {mayWrite && (
          <Button size="sm" variant="ghost" aria-label={t('removeMount')} onClick={() => void acts.removeMount(mount)}>
            <Trash2 aria-hidden />
          </Button>
        )}
      </div>
      <div dir="ltr" className="grid justify-items-center gap-1.5 overflow-x-auto rounded-md bg-[black] p-2">
        {ROWS[mount.template].map((count, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows do not move
          <div key={row} className="flex gap-1.5">
            {Array.from({ length: count }, () => {
              const place = String(++counted)
              const image = images.find(one => one.id === mount.places[place])
              return (
                <button
                  key={place}
                  type="button"
                  aria-label={t(image ? 'placeTaken' : 'placeFree', { place })}
                  onClick={() => (image ? onOpen(image.id) : mayWrite && setFilling(place))}
                  onKeyDown={event => {
                    if (mayWrite && image && (event.key === 'Delete' || event.key === 'Backspace')) void put(place, undefined)
                  }}
                  draggable={!!image}
                  onDragStart={event => image && event.dataTransfer.setData('text/chairside-image', image.id)}
                  onDragOver={event => mayWrite && event.preventDefault()}
                  onDrop={event => {
                    const id = event.dataTransfer.getData('text/chairside-image')
                    if (!mayWrite || !id) return
                    event.preventDefault()
                    void put(place, id)
                  }}
                  className={cn(
                    'grid h-20 w-24 shrink-0 place-items-center overflow-hidden rounded-sm border border-[#ffffff40] text-[#ffffffb3] text-xs max-sm:h-14 max-sm:w-16',
                    !image && 'border-dashed',
                  )}
                >
                  {image ? <img src={image.links.thumb ?? ''} alt="" className="max-h-full max-w-full object-contain" /> : place}
                </button>
              )
            })}
          </div>
        ))}
      </div>
      {filling && (
        <ChooseImage
          images={images}
          place={filling}
          onChoose={image => {
            void put(filling, image)
            setFilling(undefined)
          }}
          onClose={() => setFilling(undefined)}
        />
      )}
    </article>
  )
}

type ChooseProps = { images: PatientImage[]; place: string; onChoose: (id: string) => void; onClose: () => void }
function ChooseImage({ images, place, onChoose, onClose }: ChooseProps) {
  const t = useTranslations('imaging')
  const states = useTranslations('states')
  const { day } = useWriting()
  return (
    <Dialog open onClose={onClose} title={t('placeFree', { place })} close={states('close')} className="max-w-lg">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(8rem,1fr))] gap-2 overflow-y-auto p-5">
        {images.map(one => (
          <li key={one.id}>
            <button
              type="button"
              onClick={() => onChoose(one.id)}
              className="grid w-full gap-1 rounded-md border p-1 text-start text-xs hover:bg-accent"
            >
              <img src={one.links.thumb ?? ''} alt="" className="h-20 w-full bg-[black] object-contain" />
              {`${t(`kinds.${one.kind}`)} · ${day(one.taken_on)}`}
            </button>
          </li>
        ))}
        {!images.length && <li className="text-muted-foreground text-sm">{t('none')}</li>}
      </ul>
    </Dialog>
  )
}
