import { useNavigate } from '@tanstack/react-router'
import { ScheduleSkeleton } from './skeleton'
import { useTurning } from './use-turning'

/** In the place of a day or a week that is still to come; one may go on to the next meanwhile. */
export function Fetching({ title, date, stride = 1 }: { title: string; date: string; stride?: number }) {
  const navigate = useNavigate({ from: '/c/$clinic/schedule' })
  useTurning({ date, stride, set: next => void navigate({ search: old => ({ ...old, ...next }), replace: true }) })
  return (
    <>
      <h1 className="sr-only">{title}</h1>
      <ScheduleSkeleton />
    </>
  )
}
