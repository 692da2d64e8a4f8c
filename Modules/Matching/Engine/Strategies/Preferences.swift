/// What each side thinks of each eligible pair; more is better, ties leave the lower index ahead.
public struct StablePreferences: Sendable, Equatable {
  /// How much the volunteer of each edge wants its role.
  public var ofVolunteer: [Int32]
  /// How much the role of each edge wants its volunteer.
  public var ofRole: [Int32]

  /// Throws `InstanceError` unless there is one number per edge on both sides.
  public init(ofVolunteer: [Int32], ofRole: [Int32], for instance: Instance) throws(InstanceError) {
    for (name, list) in [("volunteers' preferences", ofVolunteer), ("roles' preferences", ofRole)]
    where list.count != instance.edgeCount {
      throw InstanceError(
        .shape, at: name, "\(list.count) entries where \(instance.edgeCount) are needed")
    }
    self.ofVolunteer = ofVolunteer
    self.ofRole = ofRole
  }

  /// Both sides like a pair as much as its affinity says.
  public init(affinityOf instance: Instance) {
    ofVolunteer = instance.edgeWeight
    ofRole = instance.edgeWeight
  }
}
