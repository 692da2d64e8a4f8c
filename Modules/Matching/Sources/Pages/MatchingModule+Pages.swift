public import Pages

extension MatchingModule: PortalModule {
  public var pages: [PortalPage] {
    [
      placePage, placesPage, runsPage, runPage, whyVolunteerPage, whyRolePage, comparisonPage,
      fairnessPage, whatIfPage, locksPage, teamPage, runOffersPage, offerPage,
      teamMovesPage, roleOutlookPage, offerRemindersPage,
    ]
  }
}
