import { Banner, Button, Dialog, DialogFoot } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useRefusalWords } from '@/lib/problem-words'
import { Proof } from './proof/proof'
import { here, ProveElsewhere, providersOf } from './proof/prove-elsewhere'
import { askProof, prove, securityQuery, waysOf } from './queries'

/** Over the page: what was asked for goes on by itself as soon as it is confirmed. */
export default function StepUp({ onDone }: { onDone: (proved: boolean) => void }) {
  const t = useTranslations('security')
  const states = useTranslations('states')
  const security = useQuery({ ...securityQuery, staleTime: 0 })
  const { data } = security
  const leaves = !!data && !waysOf(data).length && providersOf(data).length > 0
  const cancel = (
    <Button variant="outline" onClick={() => onDone(false)}>
      {states('cancel')}
    </Button>
  )
  return (
    <Dialog
      open
      onClose={() => onDone(false)}
      title={t('confirmYou')}
      about={leaves ? undefined : t('confirmYouAbout')}
      close={states('close')}
      className="max-w-md"
    >
      <Answer to={security} compact>
        {found =>
          waysOf(found).length ? (
            <Proof
              inDialog
              ways={waysOf(found)}
              ask={askProof}
              give={given => prove(given).then(() => onDone(true))}
              submit={t('confirm')}
              leave={cancel}
              other={<Elsewhere providers={providersOf(found)} />}
            />
          ) : leaves ? (
            <>
              <div className="px-5 pt-2 pb-5">
                <Elsewhere providers={providersOf(found)} />
              </div>
              <DialogFoot>{cancel}</DialogFoot>
            </>
          ) : (
            <Banner tone="warn" title={t('nothingToProve')} className="m-5" />
          )
        }
      </Answer>
    </Dialog>
  )
}

/** With what the last way there came to, told once. */
function Elsewhere({ providers }: Parameters<typeof ProveElsewhere>[0]) {
  const words = useRefusalWords()
  const [code, tell] = useState('')
  useEffect(() => {
    const told = new URLSearchParams(location.search).get('proof') ?? ''
    if (!/^Outside[A-Za-z]+$/.test(told)) return
    history.replaceState(history.state, '', here())
    tell(told)
  }, [])
  const sentence = code && words({ code, detail: '' })
  return (
    <>
      {sentence && <Banner title={sentence} className="mb-3" />}
      <ProveElsewhere providers={providers} />
    </>
  )
}
