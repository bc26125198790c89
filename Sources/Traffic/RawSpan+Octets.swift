extension RawSpan {
    /// The octet at `index`, bounds-checked.
    @inlinable
    public subscript(index: Int) -> UInt8 {
        precondition(index >= 0 && index < self.byteCount, "octet index out of range")
        return unsafe self.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
    }
}
