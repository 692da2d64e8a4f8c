public import Pages

extension ApplicationsModule: PortalModule {
  public var pages: [PortalPage] {
    [callsPage, callPage, newOrganisationPage, applicationPage, reviewsPage, reviewPage]
  }
}
