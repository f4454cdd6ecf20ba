using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Regularization.Tests.Pretrained;

/// <summary>Tensors in every way that ONNX files store them, against OnnxRuntime, which gives them as outputs.</summary>
[TestClass]
public sealed class OnnxTensorTests
{
    private static readonly float[] Numbers = [1, -2.5f, 0.1f, 65504, 1e-7f, 0];

    private static IEnumerable<object[]> Stored => from way in Ways.Keys select new object[] { way };

    private static Dictionary<string, Action<ProtobufMessage>> Ways { get; } = new()
    {
        ["1 raw"] = tensor => tensor.Add(9, MemoryMarshal.AsBytes(Numbers.AsSpan())),
        ["1 packed"] = tensor => tensor.Add(4, MemoryMarshal.AsBytes(Numbers.AsSpan())),
        ["1 one by one"] = tensor => Array.ForEach(Numbers, number => tensor.Add(4, number)),
        ["1 in two parts"] = tensor =>
        {
            tensor.Add(4, MemoryMarshal.AsBytes(Numbers.AsSpan(0, 2)));
            tensor.Add(4, MemoryMarshal.AsBytes(Numbers.AsSpan(2)));
        },
        ["11 raw"] = tensor => tensor.Add(9, MemoryMarshal.AsBytes(Array.ConvertAll(Numbers, number => (double)number).AsSpan())),
        ["11 packed"] = tensor => tensor.Add(10, MemoryMarshal.AsBytes(Array.ConvertAll(Numbers, number => (double)number).AsSpan())),
        ["10 raw"] = tensor => tensor.Add(9, MemoryMarshal.AsBytes(Array.ConvertAll(Numbers, number => (Half)number).AsSpan())),
        ["10 one by one"] = tensor => Array.ForEach(Numbers, number => tensor.Add(5, BitConverter.HalfToUInt16Bits((Half)number))),
        ["10 packed"] = tensor => tensor.Add(5, Varints(Array.ConvertAll(Numbers, number => (int)BitConverter.HalfToUInt16Bits((Half)number)))),
        ["16 raw"] = tensor => tensor.Add(9, MemoryMarshal.AsBytes(Array.ConvertAll(Numbers, BrainFloat).AsSpan())),
        ["16 one by one"] = tensor => Array.ForEach(Numbers, number => tensor.Add(5, BrainFloat(number))),
    };

    [TestMethod]
    [DynamicData(nameof(Stored))]
    public void Elements_are_read_however_they_are_stored(string way)
    {
        var type = int.Parse(way.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var tensor = WeightFile.Tensor("own.weight", type, 2, 3);
        Ways[way](tensor);

        var read = OnnxGraphFile.Read(WeightFile.Onnx([tensor])).Tensors.Single();

        Assert.AreEqual("own.weight", read.Name);
        CollectionAssert.AreEqual(new long[] { 2, 3 }, read.Shape.ToArray());
        CollectionAssert.AreEqual(type == 16 ? Numbers.Select(number => BitConverter.UInt32BitsToSingle((uint)BrainFloat(number) << 16)).ToArray() : Runtime(tensor, type), read.Read());
    }

    [TestMethod]
    public void Dimensions_may_be_packed_and_scalars_have_none()
    {
        var packed = new ProtobufMessage();
        packed.Add(1, Varints([3, 1, 2]));
        packed.Add(2, 1);
        packed.Add(8, "packed");
        packed.Add(9, MemoryMarshal.AsBytes(Numbers.AsSpan()));

        var tensors = OnnxGraphFile.Read(WeightFile.Onnx([packed, WeightFile.Floats("scalar", [7])])).Tensors;

        CollectionAssert.AreEqual(new long[] { 3, 1, 2 }, tensors[0].Shape.ToArray());
        CollectionAssert.AreEqual(Numbers, tensors[0].Read());
        Assert.IsTrue(tensors[1].IsConstant);
        CollectionAssert.AreEqual(new float[] { 7 }, tensors[1].Read());
    }

    [TestMethod]
    public void Constants_of_operators_are_tensors_too()
    {
        var (attribute, node) = (new ProtobufMessage(), WeightFile.Node("Constant", [], "learned"));
        attribute.Add(1, "value");
        attribute.Add(5, WeightFile.Floats("", Numbers, 6));
        node.Add(5, attribute);

        var tensor = OnnxGraphFile.Read(WeightFile.Onnx([], node)).Tensors.Single();

        Assert.AreEqual("learned", tensor.Name);
        CollectionAssert.AreEqual(Numbers, tensor.Read());
    }

    [TestMethod]
    public void Weights_in_another_file_and_wrong_counts_are_refused()
    {
        var elsewhere = WeightFile.Tensor("own.weight", 1, 2);
        var location = new ProtobufMessage();
        location.Add(1, "location");
        location.Add(2, "weights.bin");
        elsewhere.Add(13, location);
        elsewhere.Add(14, 1);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => OnnxGraphFile.Read(WeightFile.Onnx([elsewhere])));
        Assert.Contains("'own.weight' lies in another file, 'weights.bin'", error.Message);

        var few = OnnxGraphFile.Read(WeightFile.Onnx([WeightFile.Floats("few", [1, 2, 3], 2, 2)])).Tensors.Single();
        Assert.Contains("(2, 2) has 3 numbers", Assert.ThrowsExactly<InvalidDataException>(() => few.Read()).Message);
        var whole = OnnxGraphFile.Read(WeightFile.Onnx([WeightFile.Tensor("whole", 7, 1)])).Tensors.Single();
        Assert.Contains("type 'I64'", Assert.ThrowsExactly<InvalidDataException>(() => whole.Read()).Message);
    }

    private static ushort BrainFloat(float number) => (ushort)(BitConverter.SingleToUInt32Bits(number) >> 16);

    private static byte[] Varints(int[] values) => [.. values.SelectMany(value =>
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return bytes.Append((byte)value);
    })];

    // The tensor as an output of a graph, cast to 32-bit floats.
    private static float[] Runtime(ProtobufMessage tensor, int type)
    {
        var graph = new ProtobufMessage();
        graph.Add(1, OnnxMessages.Node("Cast", "cast", ["own.weight"], ["out"], [new OnnxAttribute("to", 1L)]));
        graph.Add(2, "graph");
        graph.Add(5, tensor);
        graph.Add(12, OnnxMessages.Value(new OnnxValue("out", OnnxType.Single, 3)));
        var model = new ProtobufMessage();
        model.Add(1, 7);
        model.Add(7, graph);
        model.Add(8, OnnxMessages.Opset(12));
        using var file = new MemoryStream();
        model.WriteTo(file);
        Assert.IsTrue(type is 1 or 10 or 11);
        using var session = new InferenceSession(file.ToArray());
        using var results = session.Run([]);
        return [.. results[0].AsTensor<float>()];
    }
}
