public import Pages

extension PartnersModule: PortalModule {
  public var pages: [PortalPage] { [profilePage, partnerPeoplePage, volunteersPage] }
}
