using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Tests.Tensors;

[TestClass]
public sealed class SafetensorsTests
{
    private static readonly NetworkWeights Weights = new(
    [
        new NetworkTensor("hidden.0.weight", [2, 3], new[] { 1f, -2, 3.5f, float.MaxValue, float.Epsilon, -0f }),
        new NetworkTensor("a \"quoted\" näme", [1], new[] { 7f }),
        new NetworkTensor("empty", [0], Array.Empty<float>()),
        new NetworkTensor("bias", [4], new[] { 0.1f, 0.2f, float.NaN, float.NegativeInfinity }),
    ]);

    [TestMethod]
    public void Reading_gives_back_what_was_written()
    {
        var again = Read(Safetensors.Write(Weights));

        Assert.HasCount(Weights.Tensors.Count, again.Tensors);
        foreach (var (expected, actual) in Weights.Tensors.Zip(again.Tensors))
        {
            Assert.AreEqual(expected.Name, actual.Name);
            CollectionAssert.AreEqual(expected.Shape.ToArray(), actual.Shape.ToArray());
            CollectionAssert.AreEqual(Bits(expected), Bits(actual));
        }
    }

    [TestMethod]
    public void The_layout_is_that_of_the_format()
    {
        var file = Safetensors.Write(Weights);
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(file, 8, headerLength));
        var data = file[(8 + headerLength)..];
        var end = 0;

        Assert.AreEqual(0, headerLength % 8, "the values start on a multiple of eight bytes");
        Assert.AreEqual((byte)'{', file[8]);
        foreach (var tensor in Weights.Tensors)
        {
            var entry = header.RootElement.GetProperty(tensor.Name);
            var offsets = entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32()).ToArray();
            Assert.AreEqual("F32", entry.GetProperty("dtype").GetString());
            CollectionAssert.AreEqual(tensor.Shape.ToArray(), entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray());
            CollectionAssert.AreEqual(new[] { end, end + 4 * tensor.Values.Length }, offsets);
            for (var i = 0; i < tensor.Values.Length; i++)
                Assert.AreEqual(BitConverter.SingleToInt32Bits(tensor.Values.Span[i]), BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(offsets[0] + 4 * i)));
            end = offsets[1];
        }

        Assert.HasCount(Weights.Tensors.Count, header.RootElement.EnumerateObject().ToList());
        Assert.HasCount(end, data);
    }

    [TestMethod]
    public void A_file_cut_short_anywhere_is_refused()
    {
        var file = Safetensors.Write(Weights);

        for (var length = 0; length < file.Length; length++)
        {
            var error = Assert.Throws<SystemException>(() => Read(file[..length]), $"{length} bytes");
            Assert.IsTrue(error is InvalidDataException or EndOfStreamException, $"{length} bytes: {error}");
        }
    }

    [TestMethod]
    [DataRow("""[]""")]
    [DataRow("""null""")]
    [DataRow("""{"a":""")]
    [DataRow("""{"a":null}""")]
    [DataRow("""{"a":3}""")]
    [DataRow("""{"a":[]}""")]
    [DataRow("""{"a":{}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1]}}""")]
    [DataRow("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"shape":[1],"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":1,"shape":[1],"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":4}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[6,10]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[4,0]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0.5,4.5]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[5000000000,5000000004]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [DataRow("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""")]
    [DataRow("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""")]
    [DataRow("""{}""")]
    public void A_header_that_makes_no_sense_is_refused(string header) =>
        Assert.ThrowsExactly<InvalidDataException>(() => Read(File(header, dataLength: 8)));

    [TestMethod]
    public void A_header_that_makes_sense_is_read()
    {
        var tensor = Read(File("""{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""", dataLength: 8)).Find("a");

        CollectionAssert.AreEqual((float[])[0, 0], tensor!.Values.ToArray());
    }

    [TestMethod]
    [DataRow(ulong.MaxValue)]
    [DataRow(1ul << 63)]
    [DataRow(1ul << 32)]
    [DataRow(int.MaxValue - 7ul)]
    public void A_header_length_beyond_the_file_is_refused(ulong length)
    {
        var file = Safetensors.Write(Weights);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        Assert.ThrowsExactly<InvalidDataException>(() => Read(file));
    }

    // Some altered bytes leave a file that makes sense, with another name for instance; the rest must be refused and not break the reader.
    [TestMethod]
    public void An_altered_byte_of_the_header_is_refused_or_harmless()
    {
        var file = Safetensors.Write(Weights);
        var end = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var refused = 0;
        foreach (var value in "\0\"{}[],:-09eé\xff "u8.ToArray().Append((byte)0xff))
        {
            for (var place = 0; place < end; place++)
            {
                var altered = file.ToArray();
                altered[place] = value;
                try
                {
                    _ = Read(altered);
                }
                catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
                {
                    refused++;
                }
            }
        }

        Assert.IsGreaterThan(8 * end, refused);
    }

    private static NetworkWeights Read(byte[] file) => Safetensors.Read(new MemoryStream(file), file.Length);

    private static byte[] File(string header, int dataLength)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    private static int[] Bits(NetworkTensor tensor) => [.. tensor.Values.ToArray().Select(BitConverter.SingleToInt32Bits)];
}
