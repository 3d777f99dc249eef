import { get } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, notify } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'

type Asked = { id: string; email: string }

/** Where no mail is sent: what the letter would have carried, for whoever invites to hand over. It is kept nowhere. */
export function LinkDialog({ invitation, onClose }: { invitation: Asked; onClose: () => void }) {
  const t = useTranslations('people')
  const states = useTranslations('states')
  const params = { path: { clinic: useSlug(), invitation_id: invitation.id } }
  const link = useQuery({
    queryKey: ['invitation-link', invitation.id],
    queryFn: async () => (await get('/clinics/{clinic}/invitations/{invitation_id}/link', { params })).data,
    gcTime: 0,
    retry: false,
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('byHand', { email: invitation.email })}
      about={t('linkAbout')}
      close={states('close')}
      className="max-w-xl"
    >
      <Answer to={link} compact>
        {({ token }) => <Link url={`${location.origin}/invitation#${token}`} onClose={onClose} />}
      </Answer>
    </Dialog>
  )
}

function Link({ url, onClose }: { url: string; onClose: () => void }) {
  const t = useTranslations('people')
  const states = useTranslations('states')
  return (
    <>
      <div className="px-5 pt-4 pb-5">
        <Field label={t('link')} value={url} readOnly dir="ltr" onFocus={event => event.currentTarget.select()} />
      </div>
      <DialogFoot>
        <Button variant="outline" onClick={onClose}>
          {states('close')}
        </Button>
        {'clipboard' in navigator && (
          <Button
            autoFocus
            onClick={() => navigator.clipboard.writeText(url).then(() => notify({ tone: 'ok', title: t('copied') }))}
          >
            <Copy aria-hidden /> {t('copy')}
          </Button>
        )}
      </DialogFoot>
    </>
  )
}
