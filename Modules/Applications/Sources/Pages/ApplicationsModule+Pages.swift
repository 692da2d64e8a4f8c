public import Pages

extension ApplicationsModule: PortalModule {
  public var pages: [PortalPage] {
    [
      callsPage, callPage, newOrganisationPage, applicationPage, applicationSectionPage,
      applicationCheckPage, receiptPage, ourOrganisationPage, organisationPage, reviewsPage,
      reviewPage, laureatesPage, editionCallsPage, newCallPage, callTermsPage, assignmentPage,
      juryPage, deliberationPage, organisationDuplicatesPage,
      organisationMergePage,
    ]
  }
}
