from chairside.kernel.refusals import Conflict, Invalid, Missing, Stale


class NoSuchPlan(Missing):
    """There is no such treatment plan in this record."""


class NoSuchItem(Missing):
    """There is no such item in this plan."""


class NoSuchPresentation(Missing):
    """This plan was not shown in such a version."""


class PlanIsStale(Stale):
    """Somebody changed this plan while you were looking."""


class ItemIsStale(Stale):
    """Something became of this item while you were looking."""


class PlanIsArchived(Conflict):
    """This plan is put away; bring it back before changing it."""


class PlanIsEmpty(Conflict):
    """There is nothing in this plan to show."""


class ProcedureIsArchived(Conflict):
    """This procedure is not in use any more; choose another."""


class PlannedAlready(Conflict):
    """This finding is in a plan already."""


class ItemIsUnderWay(Conflict):
    """This was begun or done already, and stays as it was agreed."""


class ItemIsRemoved(Conflict):
    """This item was taken out of the plan."""


class ItemIsNotAccepted(Conflict):
    """The patient has not accepted this."""


class ItemIsPerformed(Conflict):
    """This is done already."""


class ItemIsScheduled(Conflict):
    """A visit is booked for this already."""


class NothingPerformed(Conflict):
    """Nothing of this was done yet."""


class WorkIsOfVisit(Conflict):
    """This was done in a visit: take back the visit's completion."""


class PresentationIsOld(Conflict):
    """A newer version was shown since; sign that one."""


class PlanChangedSinceShown(Conflict):
    """The plan was changed since it was shown; show it again before it is signed."""


class PresentationIsSigned(Conflict):
    """This version is signed already; show the plan again to decide anew."""


class NotAPatientSignature(Invalid):
    """Draw the signature: a picture as PNG that is not empty, at most 1600 × 800 pixels and {most_kb} kB."""
