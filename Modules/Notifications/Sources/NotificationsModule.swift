public import AccompanimentAPI
public import ApplicationsAPI
public import Kernel
public import MatchingAPI
public import MissionsAPI
public import NotificationsAPI
public import PartnersAPI
public import ProgrammesAPI

/// Writes to people what the other modules' events owe them, each message once.
public struct NotificationsModule: Module {
  public static let name = "notifications"
  public static let summary = Words(
    en: "e-mails, preferences and the delivery log",
    fr: "courriels, préférences et journal d’envoi")

  let host: Host
  /// Where letters go until the operator names a mail server.
  let mailbox: any Mailbox
  let carrier: (any MailCarrier)?
  /// Whom messages come from until the operator says otherwise.
  let sender: Contact
  let directory: ModuleDirectory
  /// Where the portal is, unless the settings of letters say otherwise; nil: letters have no links.
  let origin: @Sendable () -> String?
  let seal: LinkSealer
  /// Those whose people and tasks reminders are about.
  let others: [any Module]
  /// Those of the staff who take up what reminders did not help, at the addresses they are written to.
  let owners: @Sendable () async throws -> [Contact]
  /// Who runs this instance, where the operator said so.
  let masthead: @Sendable () async throws -> Masthead?
  /// Whether a path leads to where this instance keeps its own: nothing is read from there, nor moved.
  let keepsAt: @Sendable (String) -> Bool

  /// In which the days of letters are reckoned.
  var zone: Zone { host.clock.zone }

  public init(
    host: Host, mailbox: any Mailbox, carrier: (any MailCarrier)? = nil, sender: Contact,
    origin: @escaping @Sendable () -> String? = { nil },
    sealing seal: @escaping LinkSealer = { _ in nil },
    masthead: @escaping @Sendable () async throws -> Masthead? = { nil },
    reminding others: [any Module] = [],
    escalatingTo owners: @escaping @Sendable () async throws -> [Contact] = { [] },
    keepsAt: @escaping @Sendable (String) -> Bool = { _ in false },
    programmes: any ProgrammesAPI, applications: any ApplicationsAPI,
    accompaniment: any AccompanimentAPI, partners: any PartnersAPI, matching: any MatchingAPI,
    missions: any MissionsAPI
  ) {
    self.host = host
    self.mailbox = mailbox
    self.carrier = carrier
    self.sender = sender
    self.origin = origin
    self.seal = seal
    self.masthead = masthead
    self.others = others
    self.owners = owners
    self.keepsAt = keepsAt
    directory = ModuleDirectory(
      programmes: programmes, applications: applications, accompaniment: accompaniment,
      partners: partners, matching: matching, missions: missions)
  }

  /// Every e-mail Parvis writes. A new one is a line in one of these lists.
  var mails: [Mail] {
    applicationMails + accompanimentMails + partnerMails + placeMails + missionMails
      + changeMails
  }

  public var endpoints: [Endpoint] {
    aboutMessages
    aboutPreferences
    aboutMailSettings
    aboutMailTest
    aboutHold
    aboutReturns
    aboutAnswers
    aboutReminders
    aboutCalendars
    aboutPreview
  }
  public var subscriptions: [Subscription] { mails.map(\.subscription) + following }
  public var jobs: [Job] { [collectDigests, remind, deliverWaiting, readReturns] }
}
