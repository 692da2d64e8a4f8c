public import Pages

extension PartnersModule: PortalModule {
  public var pages: [PortalPage] {
    [
      profilePage, myPartnerPage, partnerPeoplePage, keptRosterPage, volunteersPage,
      editionPartnersPage, partnerPage, newPartnerPage, claimsPage, duplicatesPage,
      withdrawTogetherPage,
    ]
  }
}
