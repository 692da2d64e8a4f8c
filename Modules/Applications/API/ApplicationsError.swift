public import Kernel

/// What the Applications module may have to say no to.
public enum ApplicationsError: UserFacing, Equatable {
  /// The call is not at the stage this needs.
  case callState(CallState)
  /// The application is not at the stage this needs.
  case wrongState(ApplicationState)
  /// The deadline of the call has passed, or the operator closed it.
  case deadlinePassed(Day, Zone)
  /// The call still takes applications.
  case closesLater(Day)
  /// Answers that are asked for are missing.
  case incomplete([FieldProblem])
  /// Answers that somebody else changed while they were written here.
  case answersClash([FieldProblem])
  /// All the reasons for which the organisation cannot apply to this call.
  case notEligible([FieldProblem])
  /// Applications for which there are not enough reviewers without a conflict of interest.
  case tooFewReviewers([FieldProblem])
  /// A conflict of interest keeps the reviewer from this.
  case conflictOfInterest
  /// Something says that the reviewer may be too close to the organisation: staff say first.
  case likelyConflict(Words)
  /// The reviewer has left the jury.
  case reviewerRetired
  /// Every place of the call is taken.
  case noPlaceFree(Int)
  /// The time to confirm is over.
  case confirmationPassed(Day)
  /// Laureates have still to answer, so places may come free.
  case answersPending(Int)
  /// An organisation with this register number, or this name and contact, is registered.
  case organisationKnown
  /// Both organisations have an application to one call, or a place in one edition, that goes on.
  case bothApply
  /// The merge is too long ago, taken back already, or another was made with what it left.
  case mergeOver
  /// What came since the merge, and of which nobody said whose it is.
  case cameSince([FieldProblem])
  /// A member of the organisation has this address.
  case memberKnown(EmailAddress)
  /// A reviewer has this address.
  case reviewerKnown(EmailAddress)
  /// The organisation would be left with nobody to answer for it.
  case lastLead
  /// The member's role does not allow this.
  case roleNeeded(MemberRole)
  /// The edition of the call is closed.
  case editionClosed
}
