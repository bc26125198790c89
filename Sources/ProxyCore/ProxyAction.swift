public import IMAPSession
public import Traffic

/// What the shell must do.
///
/// Directions name streams: `.server` is the stream that goes to the client.
///
/// Ranges are of the chunk that was just received; the shell still holds it, so nothing is copied.
public enum ProxyAction: Sendable, Hashable {
    public enum TimerKind: UInt8, Sendable, Hashable {
        /// The upstream connection, all addresses together.
        case connect
        /// From the upstream connection to the end of its TLS handshake, STARTTLS included.
        case upstreamTLS
        /// The TLS handshake with the client.
        case clientTLS
        /// From the connection of both legs to the login.
        case login
        /// The grace that a stopping proxy gives its sessions.
        case drain
        /// The next turn of compressed octets that wait inside; 0 seconds: as soon as the other connections had theirs.
        case inflate
        /// The next octets of a message that a rule delivers slowly.
        case clientDelivery
        case serverDelivery
        /// The time that a person has to decide about a message.
        case clientDecision
        case serverDecision

        static func delivery(of direction: Direction) -> TimerKind {
            direction == .client ? .clientDelivery : .serverDelivery
        }

        static func decision(on direction: Direction) -> TimerKind {
            direction == .client ? .clientDecision : .serverDecision
        }
    }

    /// Send these octets of the chunk on, untouched.
    case forward(Direction, Range<Int>)
    /// Send the octets instead of these octets of the chunk; none means that the range is swallowed.
    case replace(Direction, Range<Int>, with: [UInt8])
    /// These octets of the chunk wait for the rest of their message. The connection keeps a copy.
    case hold(Direction, Range<Int>)
    /// Send octets on that were held, untouched.
    case release(Direction, [UInt8])
    /// Send octets that are imapscope's own.
    case inject(Direction, [UInt8])
    /// Ask a person; the answer is ``ProxyConnection/decide(_:_:at:perform:)``.
    case intercept(Interception)
    case openUpstream
    /// The leg's next octets are TLS, in both of its directions, behind everything that was sent so far. imapscope is the
    /// server of the client leg and the client of the upstream leg. `alreadyRead` has come in already and belongs to the
    /// handshake. While it lasts the shell reads the leg whatever the pauses say; it answers with
    /// ``ProxyConnection/tlsEstablished(_:_:at:perform:)`` or ``ProxyConnection/tlsFailed(_:_:at:perform:)`` before it
    /// hands in octets of the leg again, decrypted.
    case upgradeTLS(Leg, alreadyRead: [UInt8])
    /// Nothing more comes in this stream: pass the FIN on.
    case closeOutput(Direction)
    /// Pass an RST on: both connections end at once.
    case reset
    /// Both connections end when what was sent has left.
    case close
    case pauseReading(Direction)
    case resumeReading(Direction)
    case startTimer(TimerKind, seconds: Int)
    /// A timer finer than seconds.
    case startDelay(TimerKind, nanoseconds: Int64)
    case cancelTimer(TimerKind)
}
