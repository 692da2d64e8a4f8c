public import Kernel
public import ProgrammesAPI

/// Calls for applications, the organisations that apply, the jury's reviews and its decisions.
public struct ApplicationsModule: Module {
  public static let name = "applications"
  public static let summary = Words(
    en: "calls, organisations, applications, reviews and decisions",
    fr: "appels, organisations, candidatures, relectures et décisions")

  let host: Host
  let programmes: any ProgrammesAPI

  public init(host: Host, programmes: any ProgrammesAPI) {
    self.host = host
    self.programmes = programmes
  }

  public var endpoints: [Endpoint] {
    [
      draftCall, reviseCall, listCalls, showCall, openCall, postponeDeadline, closeCall, showQueues,
      registerOrganisation, updateOrganisation, checkIdentifiers, listOrganisations,
      showOrganisation,
      addMember, updateMember, changeRole, removeMember, listMembers,
      draft, saveAnswers, submit, withdraw, reinstate, reconsider, promoteWaiting,
      extendDeadline, extendConfirmation,
      showApplication, listApplications, listOwnApplications,
      registerReviewer, listReviewers, showReviewer, updateReviewer, retireReviewer,
      returnReviewer,
      declareConflict, liftConflict, listConflicts, listApplicants,
      listLikelyConflicts, clearConflict,
      assignReviews, assignReview, releaseReview,
      listReviews, listReviewsOfApplication, score, showRanking, openScores,
      deliberate, stageDecision, listStagedDecisions, publishDecisions, confirm, decline,
      closeWaitingList, listLaureates,
    ]
  }
}
