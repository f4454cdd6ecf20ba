using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>Reads a tensor of an ONNX file, whose elements are raw bytes or a list by type, packed or not.</summary>
internal sealed class OnnxTensor
{
    private readonly List<long> _shape = [];
    private readonly List<ReadOnlyMemory<byte>> _floats = [];
    private readonly List<ReadOnlyMemory<byte>> _doubles = [];
    private readonly List<long> _integers = [];
    private readonly List<float> _singly = [];
    private ReadOnlyMemory<byte>? _raw;
    private string _name = "";
    private string _type = "";
    private string _location = "";
    private bool _isElsewhere;

    private OnnxTensor()
    {
    }

    /// <exception cref="InvalidDataException">The tensor is damaged, or lies in another file.</exception>
    public static PublishedTensor Read(ProtobufField message)
    {
        var tensor = new OnnxTensor();
        foreach (var field in message.Fields())
            tensor.Take(field);
        if (tensor._isElsewhere)
        {
            throw new InvalidDataException(
                $"the tensor '{tensor._name}' lies in another file{tensor._location}: save the model with its weights inside, as one file.");
        }

        if (tensor._shape.Exists(size => size < 0))
            throw new InvalidDataException($"the tensor '{tensor._name}' has shape {TensorEntry.Describe(tensor._shape)}.");
        return new PublishedTensor(tensor._name, tensor._type, [.. tensor._shape], tensor.Values);
    }

    private void Take(ProtobufField field)
    {
        switch (field.Number)
        {
            case 1:
                field.AddTo(_shape);
                break;
            case 2:
                _type = TypeOf((long)field.Value);
                break;
            case 4 when field.Type == ProtobufType.Fixed32:
                _singly.Add(BitConverter.UInt32BitsToSingle((uint)field.Value));
                break;
            case 4:
                _floats.Add(BytesOf(field));
                break;
            case 5:
                field.AddTo(_integers);
                break;
            case 8:
                _name = field.Text;
                break;
            case 9:
                _raw = BytesOf(field);
                break;
            case 10 when field.Type == ProtobufType.Fixed64:
                _singly.Add((float)BitConverter.UInt64BitsToDouble(field.Value));
                break;
            case 10:
                _doubles.Add(BytesOf(field));
                break;
            case 13:
                TakeLocation(field);
                break;
            case 14:
                _isElsewhere |= field.Value == 1;
                break;
            default:
                break;
        }
    }

    private void TakeLocation(ProtobufField field)
    {
        _isElsewhere = true;
        if (field.Fields().Select(part => (part.Number, part)).ToList() is [(1, var key), (2, var value)] && key.Text == "location")
            _location = $", '{value.Text}'";
    }

    private float[] Values()
    {
        var size = FloatingPoint.SizeOf(_type);
        if (size == 0)
            throw new InvalidDataException($"the tensor '{_name}' is of type '{_type}', not of floating-point numbers.");
        var values = _raw is { } raw ? FloatsOf(raw, size) : Listed();
        var count = _shape.Aggregate((Int128)1, (product, length) => product * length > long.MaxValue ? long.MaxValue : product * length);
        return count == values.Length ? values
            : throw new InvalidDataException($"the tensor '{_name}' of shape {TensorEntry.Describe(_shape)} has {values.Length} numbers.");
    }

    // In the file's own order a list is either packed or not.
    private float[] Listed() => _type switch
    {
        TensorEntry.Float when _floats is [var one] && _singly.Count == 0 => FloatsOf(one, sizeof(float)),
        TensorEntry.Float => [.. _floats.SelectMany(part => FloatsOf(part, sizeof(float))), .. _singly],
        TensorEntry.Double => [.. _doubles.SelectMany(part => FloatsOf(part, sizeof(double))), .. _singly],
        _ => [.. _integers.Select(bits => FloatingPoint.Of16Bits((ushort)bits, _type))],
    };

    private float[] FloatsOf(ReadOnlyMemory<byte> bytes, int size) => bytes.Length % size == 0 ? FloatingPoint.Read(bytes.Span, _type)
        : throw new InvalidDataException($"the tensor '{_name}' has {bytes.Length} bytes of numbers of {size} bytes.");

    private static ReadOnlyMemory<byte> BytesOf(ProtobufField field)
    {
        field.Expect(ProtobufType.Bytes);
        return field.Bytes;
    }

    private static string TypeOf(long type) => type switch
    {
        1 => TensorEntry.Float,
        2 => "U8",
        3 => "I8",
        6 => "I32",
        7 => "I64",
        9 => "BOOL",
        10 => TensorEntry.Half,
        11 => TensorEntry.Double,
        16 => TensorEntry.BrainFloat,
        _ => $"{type}",
    };
}
