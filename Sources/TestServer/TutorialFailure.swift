/// An answer of the tutorial that was not as it must be.
public struct TutorialFailure: Error, Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
        case expected(TutorialStep.Expectation)
        /// The command was not answered OK.
        case notOK
        /// The greeting is none.
        case badGreeting
        /// The server asked for something that the client had not announced.
        case unexpectedContinuation
        /// The challenge is not base64.
        case badChallenge
        /// A tagged answer bears a tag that the client is not waiting for.
        case unexpectedTag
        /// The server closed the connection.
        case closed
    }

    /// The index of the step in ``TutorialSession/steps``, its title and its tag.
    public var step: Int
    public var title: String
    public var tag: String
    public var reason: Reason
    /// The lines that came, of each not more than its first 200 octets.
    public var received: [String]
}
