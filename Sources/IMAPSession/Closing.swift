/// How a direction of the connection ended.
public enum Closing: String, Sendable, Hashable {
    /// FIN.
    case closed
    /// RST or another error of the socket.
    case reset
    /// The program is stopping.
    case interrupted
}
