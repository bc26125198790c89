/// A search key of RFC 3501 section 6.4.4.
indirect enum SearchKey: Sendable {
    enum DateField: Sendable {
        case received
        case sent
    }

    enum DateComparison: Sendable {
        case before
        case on
        case since
    }

    case all
    case flag(String)
    case recent
    case header(String, [UInt8])
    case body([UInt8])
    case text([UInt8])
    case date(DateField, DateComparison, day: Int)
    case larger(UInt32)
    case smaller(UInt32)
    case numbers(SequenceSet)
    case uids(SequenceSet)
    case not(SearchKey)
    case or(SearchKey, SearchKey)
    case and([SearchKey])
}
