using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>
/// A field of a message in protobuf's wire format. A tag and a length before each field are all there is to it, so that the library brings no Google.Protobuf, and no
/// classes generated for ONNX, into programs that may never read such a file; large fields are slices of the file, not copies.
/// </summary>
/// <param name="Number">The field's number in its message.</param>
/// <param name="Type">How it is stored.</param>
/// <param name="Value">A whole number, or the bits of a fixed one.</param>
/// <param name="Bytes">What follows a length: a text, a message, or packed numbers.</param>
internal readonly record struct ProtobufField(int Number, ProtobufType Type, ulong Value, ReadOnlyMemory<byte> Bytes)
{
    private const int MostVarintBytes = 10;

    /// <exception cref="InvalidDataException">It is no text.</exception>
    public string Text
    {
        get
        {
            Expect(ProtobufType.Bytes);
            return Encoding.UTF8.GetString(Bytes.Span);
        }
    }

    /// <summary>The fields of a message, in order.</summary>
    /// <exception cref="InvalidDataException">The message is damaged.</exception>
    public static IEnumerable<ProtobufField> In(ReadOnlyMemory<byte> message)
    {
        for (var place = 0; place < message.Length;)
        {
            var tag = Varint(message.Span, ref place);
            if (tag >> 3 is 0 or > int.MaxValue)
                throw new InvalidDataException($"a field has the number {tag >> 3}.");

            var (number, type) = ((int)(tag >> 3), (ProtobufType)(tag & 7));
            yield return type switch
            {
                ProtobufType.Varint => new(number, type, Varint(message.Span, ref place), default),
                ProtobufType.Fixed64 => new(number, type, BinaryPrimitives.ReadUInt64LittleEndian(Take(message, ref place, sizeof(ulong)).Span), default),
                ProtobufType.Fixed32 => new(number, type, BinaryPrimitives.ReadUInt32LittleEndian(Take(message, ref place, sizeof(uint)).Span), default),
                ProtobufType.Bytes => new(number, type, 0, Take(message, ref place, Varint(message.Span, ref place))),
                _ => throw new InvalidDataException($"field {number} is of the unknown type {(int)type}."),
            };
        }
    }

    /// <summary>The fields of a field that is a message.</summary>
    /// <exception cref="InvalidDataException">It is no message.</exception>
    public IEnumerable<ProtobufField> Fields()
    {
        Expect(ProtobufType.Bytes);
        return In(Bytes);
    }

    /// <summary>Adds the whole numbers of a repeated field, which may be packed or stand one by one.</summary>
    /// <exception cref="InvalidDataException">These are no whole numbers.</exception>
    public void AddTo(List<long> numbers)
    {
        if (Type == ProtobufType.Varint)
        {
            numbers.Add((long)Value);
            return;
        }

        Expect(ProtobufType.Bytes);
        for (var place = 0; place < Bytes.Length;)
            numbers.Add((long)Varint(Bytes.Span, ref place));
    }

    public void Expect(ProtobufType type)
    {
        if (Type != type)
            throw new InvalidDataException($"field {Number} is stored as {Type} instead of {type}.");
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> message, ref int place, ulong length)
    {
        var left = message.Length - place;
        if (length > (ulong)left)
            throw new InvalidDataException($"a field of {length} bytes is cut after {left}.");
        var taken = message.Slice(place, (int)length);
        place += (int)length;
        return taken;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int place)
    {
        var value = 0UL;
        for (var i = 0; i < MostVarintBytes; i++)
        {
            if (place == message.Length)
                throw new InvalidDataException("a number is cut.");
            var next = message[place++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("a number has more than ten bytes.");
    }
}
