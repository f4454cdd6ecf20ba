using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization.Tests.Pretrained;

/// <summary>A file of weights of one test's own, gone after it.</summary>
internal sealed class WeightFile : IDisposable
{
    public WeightFile(byte[] content) => File.WriteAllBytes(Path, content);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    /// <summary>A safetensors file.</summary>
    public static WeightFile Safetensors(IEnumerable<NetworkTensor> tensors) => new(Microsoft.ML.Regularization.Tensors.Safetensors.Write(new NetworkWeights([.. tensors])));

    /// <summary>An ONNX file of a graph with such tensors, and nodes before them.</summary>
    public static byte[] Onnx(IEnumerable<ProtobufMessage> tensors, params IEnumerable<ProtobufMessage> nodes)
    {
        var (graph, model) = (new ProtobufMessage(), new ProtobufMessage());
        foreach (var node in nodes)
            graph.Add(1, node);
        foreach (var tensor in tensors)
            graph.Add(5, tensor);
        model.Add(1, 7);
        model.Add(7, graph);
        model.Add(8, OnnxMessages.Opset(12));
        using var file = new MemoryStream();
        model.WriteTo(file);
        return file.ToArray();
    }

    /// <summary>A tensor of an ONNX file without its elements.</summary>
    public static ProtobufMessage Tensor(string name, int type, params long[] shape)
    {
        var tensor = new ProtobufMessage();
        foreach (var size in shape)
            tensor.Add(1, size);
        tensor.Add(2, type);
        tensor.Add(8, name);
        return tensor;
    }

    public static ProtobufMessage Floats(string name, float[] values, params long[] shape)
    {
        var tensor = Tensor(name, 1, shape);
        tensor.Add(9, MemoryMarshal.AsBytes(values.AsSpan()));
        return tensor;
    }

    public static ProtobufMessage Node(string operation, string[] inputs, string output) => OnnxMessages.Node(operation, output, inputs, [output], []);

    public void Dispose() => File.Delete(Path);
}
