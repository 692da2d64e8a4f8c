public import Kernel
internal import ProgrammesAPI

/// Programmes, their editions and calendar, and the operator's catalogue of skills.
public struct ProgrammesModule: Module {
  public static let name = "programmes"
  public static let summary = Words(
    en: "programmes, editions, calendar and catalogue",
    fr: "programmes, éditions, calendrier et catalogue")

  let host: Host

  public init(host: Host) { self.host = host }

  public var endpoints: [Endpoint] {
    aboutProgrammes
    aboutEditions
    aboutCalendar
    aboutSkillCatalogue
  }
}
