internal import AccountsAPI
internal import Kernel

extension Platform {
  /// The module that knows who comes in.
  var accounts: (any AccountsAPI)? { modules.lazy.compactMap { $0 as? any AccountsAPI }.first }
}
