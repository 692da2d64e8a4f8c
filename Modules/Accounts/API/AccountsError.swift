public import Kernel

/// Why somebody does not get in, or may not change how.
public enum AccountsError: UserFacing, Equatable {
  /// Of the link of a letter; the state is never `ready`.
  case link(LinkState)
  /// The code is wrong; so many attempts are left, where that is counted for this link.
  case wrongCode(left: Int?)
  case tooMany(seconds: Int)
  /// The session is unknown or has ended.
  case signedOut
  /// A second factor is to be given first.
  case strongerNeeded
  /// The passkey's answer does not hold; the text says why, for the log.
  case passkey(String)
  case nothingBegun
  case lastFactor
  case lastAddress
  case addressTaken
  case notYourHat
  case invitation(LinkState)
  /// Of the link to look around a demonstration.
  case guide(LinkState)
  case notADemonstration
  case actionTampered
  case actionExpired
  /// The hat is no longer that of the address the link was written to.
  case actionChangedHands
  case notByLink(Role)
  case lastAdministrator
  case alreadyStaff(EmailAddress)
  case noSuchSubject(Grant)

  /// For the header `Retry-After`.
  public var retryAfter: Int? { if case .tooMany(let seconds) = self { seconds } else { nil } }
}
