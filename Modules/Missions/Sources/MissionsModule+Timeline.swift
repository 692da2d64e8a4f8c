public import Kernel
internal import MissionsAPI

extension MissionsModule {
  public var timeline: [TimelineEntry] {
    [.phase(Words(en: "Missions", fr: "Missions"), of: MissionStarted.self, MissionClosed.self)]
  }
}
