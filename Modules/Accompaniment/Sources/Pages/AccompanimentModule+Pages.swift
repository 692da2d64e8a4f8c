public import Pages

extension AccompanimentModule: PortalModule {
  public var pages: [PortalPage] {
    [
      myJourneysPage, journeysPage, journeyPage, peersPage, newBriefPage, briefPage,
      briefDraftPage, workshopsPage, workshopPage,
    ]
  }
}
