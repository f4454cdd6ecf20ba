using System.Buffers.Binary;

namespace Microsoft.ML.Regularization.Export;

/// <summary>The messages of an ONNX file: field numbers are those of <c>onnx.proto</c>.</summary>
internal static class OnnxMessages
{
    public static ProtobufMessage Node(string operation, string name, string[] inputs, string[] outputs, OnnxAttribute[] attributes)
    {
        var node = new ProtobufMessage();
        foreach (var input in inputs)
            node.Add(1, input);
        foreach (var output in outputs)
            node.Add(2, output);
        node.Add(3, name);
        node.Add(4, operation);
        foreach (var attribute in attributes)
            node.Add(5, Attribute(attribute));
        return node;
    }

    public static ProtobufMessage Tensor(string name, float[] values, long[] shape)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return Tensor(name, OnnxType.Single, bytes, shape);
    }

    public static ProtobufMessage Tensor(string name, long[] values, long[] shape)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return Tensor(name, OnnxType.Int64, bytes, shape);
    }

    /// <summary>Rows of any number.</summary>
    public static ProtobufMessage Value(OnnxValue value)
    {
        var (rows, width, shape, tensor, type, message) =
            (new ProtobufMessage(), new ProtobufMessage(), new ProtobufMessage(), new ProtobufMessage(), new ProtobufMessage(), new ProtobufMessage());
        rows.Add(2, "rows");
        width.Add(1, value.Width);
        shape.Add(1, rows);
        shape.Add(1, width);
        tensor.Add(1, (long)value.Type);
        tensor.Add(2, shape);
        type.Add(1, tensor);
        message.Add(1, value.Name);
        message.Add(2, type);
        return message;
    }

    public static ProtobufMessage Opset(long version)
    {
        var message = new ProtobufMessage();
        message.Add(1, "");
        message.Add(2, version);
        return message;
    }

    public static ProtobufMessage Property(string key, string value)
    {
        var message = new ProtobufMessage();
        message.Add(1, key);
        message.Add(2, value);
        return message;
    }

    private static ProtobufMessage Attribute(OnnxAttribute attribute)
    {
        var message = new ProtobufMessage();
        message.Add(1, attribute.Name);
        switch (attribute.Value)
        {
            case float number:
                message.Add(2, number);
                message.Add(20, 1);
                break;
            case long number:
                message.Add(3, number);
                message.Add(20, 2);
                break;
            case string text:
                message.Add(4, text);
                message.Add(20, 3);
                break;
            case long[] numbers:
                foreach (var number in numbers)
                    message.Add(8, number);
                message.Add(20, 7);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(attribute), attribute.Value, message: null);
        }

        return message;
    }

    private static ProtobufMessage Tensor(string name, OnnxType type, byte[] bytes, long[] shape)
    {
        var tensor = new ProtobufMessage();
        foreach (var size in shape)
            tensor.Add(1, size);
        tensor.Add(2, (long)type);
        tensor.Add(8, name);
        tensor.Add(9, bytes);
        return tensor;
    }
}
