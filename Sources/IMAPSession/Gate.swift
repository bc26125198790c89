/// Why the client's next octets have no meaning yet: the server's answer to this exchange decides their language
/// (RFC 9051 sections 2.2.1, 5.5 and 6.2). They are kept, bounded, until it does.
enum Gate: Sendable, Hashable {
    /// A synchronizing literal was announced.
    case literal(exchange: Int)
    /// AUTHENTICATE, or one of its lines, was sent.
    case authenticate(exchange: Int)
    case idle(exchange: Int)
    case starttls(exchange: Int)
    case compress(exchange: Int)
    /// Sent under COMPRESS, which it ends.
    case unauthenticate(exchange: Int)

    var exchange: Int {
        switch self {
        case .literal(let exchange), .authenticate(let exchange), .idle(let exchange), .starttls(let exchange),
            .compress(let exchange), .unauthenticate(let exchange):
            exchange
        }
    }
}
