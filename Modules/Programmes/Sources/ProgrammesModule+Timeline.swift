public import Kernel
internal import ProgrammesAPI

extension ProgrammesModule {
  public var timeline: [TimelineEntry] {
    [.day(Words(en: "change of format", fr: "changement de format"), of: FormatChanged.self)]
  }
}
