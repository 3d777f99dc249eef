import { Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Mail, Paperclip } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FrontPage } from '@/features/identity'
import { Answer } from '@/lib/answer'
import { SignIn } from './invitation-screen'
import { lettersQuery } from './queries'

type Letter = { id: string; sender: string; to: string; subject: string; at: string | null; text: string; attachments: string[] }

/** Development only: letters that would have gone out. In production the server knows no such address. */
export function MailboxScreen() {
  const t = useTranslations('people')
  const letters = useQuery(lettersQuery)
  return (
    <FrontPage title={t('mailbox')} about={t('mailboxAbout')} foot={<SignIn />}>
      <div className="-mx-8 mt-6 border-t max-sm:-mx-5">
        <Answer to={letters}>
          {letters =>
            letters.length === 0 ? (
              <Empty icon={Mail} title={t('mailboxEmpty')} about={t('mailboxEmptyAbout')} />
            ) : (
              <ul>
                {letters.map((letter, place) => (
                  <LetterItem key={letter.id} letter={letter} begins={place === 0} />
                ))}
              </ul>
            )
          }
        </Answer>
      </div>
    </FrontPage>
  )
}

function LetterItem({ letter, begins }: { letter: Letter; begins: boolean }) {
  const t = useTranslations('people')
  const [open, setOpen] = useState(begins)
  const at = letter.at && new Date(letter.at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
  return (
    <li className="border-b last:border-b-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="grid w-full gap-0.5 px-8 py-3 text-start hover:bg-surface max-sm:px-5"
      >
        <span className="flex items-baseline gap-3">
          <span className="me-auto truncate font-medium">
            <bdi>{letter.subject}</bdi>
          </span>
          <bdi className="whitespace-nowrap text-muted-foreground text-xs">{at}</bdi>
        </span>
        <span className="truncate text-muted-foreground text-sm">
          <bdi>{letter.sender}</bdi> → <bdi dir="ltr">{letter.to}</bdi>
        </span>
      </button>
      {open && (
        <div className="grid gap-4 px-8 pb-6 max-sm:px-5">
          <p dir="auto" className="whitespace-pre-wrap break-words text-sm">
            <Linked text={letter.text} />
          </p>
          {letter.attachments.map((name, number) => (
            <a
              key={name}
              href={`/api/v1/mailbox/${encodeURIComponent(letter.id)}/attachments/${number}`}
              className="flex w-fit items-center gap-1.5 text-primary text-sm underline-offset-4 hover:underline"
            >
              <Paperclip aria-hidden className="size-4" /> <bdi>{name}</bdi>
            </a>
          ))}
          <details>
            <summary className="w-fit text-muted-foreground text-sm">{t('asHtml')}</summary>
            <iframe
              title={t('asHtml')}
              sandbox=""
              src={`/api/v1/mailbox/${encodeURIComponent(letter.id)}/html`}
              className="mt-2 h-96 w-full rounded-lg border bg-white"
            />
          </details>
        </div>
      )}
    </li>
  )
}

/** Addresses in a letter can be followed. */
function Linked({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, place) =>
    place % 2 ? (
      <a key={place} href={part} dir="ltr" className="break-all text-primary underline underline-offset-4">
        {part}
      </a>
    ) : (
      part
    ),
  )
}
