import { type Confirmation, calendarOf, type PageShape } from './api'
import { Frame } from './frame'
import { useTimes, useWords } from './words'

/** In a frame of somebody's page a link opens beside it: what a link opens stands in no frame. */
export const beside = () => (window.top === window.self ? {} : { target: '_blank', rel: 'noopener' })

type DoneProps = { page: PageShape; made: Confirmation; service: string; provider: string }

export function Done({ page, made, service, provider }: DoneProps) {
  const { t } = useWords()
  const written = useTimes(page.timezone)
  return (
    <Frame name={page.name} title={made.status === 'booked' ? t('booked') : t('asked')} phone={page.phone}>
      <When at={made.starts_at} zone={page.timezone} />
      <p>{`${service} · ${t('withWhom', { name: provider })}`}</p>
      <Where name={page.name} address={page.address} />
      {made.answer_by && <p className="note">{t('askedNote', { when: written.moment(made.answer_by) })}</p>}
      {made.request_link && (
        <p className="acts">
          <a className="second" href={`/request/${made.request_link}`} {...beside()}>
            {t('asking.see')}
          </a>
        </p>
      )}
      {made.link && (
        <p className="acts">
          <a className="first" href={calendarOf(made.link)} download="visit.ics">
            {t('addToCalendar')}
          </a>
          <a className="second" href={`/link/${made.link}`} {...beside()}>
            {t('change')}
          </a>
        </p>
      )}
    </Frame>
  )
}

export function When({ at, zone }: { at: string; zone: string }) {
  const { t } = useWords()
  const written = useTimes(zone)
  return (
    <div className="when">
      <p className="big">
        <bdi>{written.clock(at)}</bdi>
      </p>
      <p>{written.long(at)}</p>
      <p className="quiet">{t('timesIn', { place: written.place() })}</p>
    </div>
  )
}

/** Where the clinic is, and the way there, in whatever shows maps: an address that opens, nothing of theirs is loaded. */
export function Where({ name, address }: { name: string; address: string[] }) {
  const { t } = useWords()
  const place = [name, ...address].join(', ')
  return (
    <address>
      {[name, ...address].map(line => (
        <span key={line}>{line}</span>
      ))}
      {address.length > 0 && (
        <a
          href={`https://www.google.com/maps/search/?${new URLSearchParams({ api: '1', query: place })}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t('directions')}
        </a>
      )}
    </address>
  )
}
