using Microsoft.ML.Regularization.Tests.Golden;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

[TestClass]
public sealed class SparseLinearTests
{
    private const int Slots = 40;

    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(10, 0)]
    [DataRow(16, 3)]
    [DataRow(150, 0)]
    [DataRow(257, 5)]
    public void Outputs_and_gradients_are_those_of_dense_rows(int units, int tailColumns)
    {
        using var scope = NewDisposeScope();
        var (rows, dense) = MakeRows(23, seed: units);
        var layer = MakeLayer(units, tailColumns);
        var (weight, bias) = (layer.Matrix.Weight, layer.named_parameters().Single(named => named.name == "bias").parameter);
        var tail = tailColumns == 0 ? null : Noise(3, rows.Count, tailColumns).requires_grad_();
        var upstream = Noise(4, rows.Count, units);

        var input = tail is null ? dense : cat([dense, tail], 1);
        var expected = nn.functional.linear(input, weight, bias);
        var gradients = autograd.grad([expected], tail is null ? [weight, bias] : [weight, bias, tail], [upstream]);

        layer.train();
        var actual = layer.Forward(rows, tail);
        actual.backward([upstream]);

        AreClose(expected, actual);
        AreClose(gradients[0], weight.grad!);
        AreClose(gradients[1], bias.grad!);
        if (tail is not null)
            AreClose(gradients[2], tail.grad!);

        // Once more adds to what is there.
        layer.Forward(rows, tail).backward([upstream]);
        AreClose(gradients[0].Times(2), weight.grad!);
        using (no_grad())
            AreClose(expected, layer.Forward(rows, tail));
    }

    [TestMethod]
    public void Of_slots_that_wait_only_those_that_rows_use_have_gradients()
    {
        using var scope = NewDisposeScope();
        var (rows, dense) = MakeRows(5, seed: 1);
        var layer = MakeLayer(16, 0);
        var upstream = Noise(4, rows.Count, 16);
        var expected = autograd.grad([nn.functional.linear(dense, layer.Matrix.Weight)], [layer.Matrix.Weight], [upstream])[0].t().contiguous().data<float>().ToArray();
        var update = new RecordingUpdate();
        layer.Matrix.UpdateLazily(update);
        layer.train();

        layer.Forward(rows, null).backward([upstream]);

        var used = Enumerable.Range(0, Slots).Where(slot => dense.select(1, slot).count_nonzero().item<long>() > 0).ToList();
        CollectionAssert.AreEquivalent(used, layer.Matrix.Touched.ToArray());
        CollectionAssert.AreEqual(layer.Matrix.Touched.ToArray(), update.Slots);
        for (var i = 0; i < used.Count; i++)
        {
            var slot = layer.Matrix.Touched[i];
            Closeness.AssertClose(expected.AsSpan(slot * 16, 16), layer.Matrix.Gradients.Slice(i * 16, 16), 1e-5, $"slot {slot}");
        }

        Assert.IsNull(layer.Matrix.Weight.grad);
        layer.Matrix.Forget();
        Assert.AreEqual(0, layer.Matrix.TouchedCount);
    }

    private static (SparseRows Rows, Tensor Dense) MakeRows(int count, int seed)
    {
        var random = new Random(seed);
        var rows = new SparseRows(Slots);
        var dense = new float[count * Slots];
        for (var row = 0; row < count; row++)
        {
            // The first row is empty.
            for (var slot = 0; slot < Slots && row > 0; slot++)
            {
                if (slot % 7 != 3 && random.Next(6) == 0)
                    dense[row * Slots + slot] = random.NextSingle() - 0.5f;
            }

            var values = new List<SlotValue>();
            SparseTable.Collect(dense.AsSpan(row * Slots, Slots), values);
            rows.Add(values.ToArray(), scaler: null);
        }

        return (rows, tensor(dense, [count, Slots]));
    }

    private static SparseLayer MakeLayer(int units, int tailColumns) =>
        new(Noise(1, Slots + tailColumns, units).t(), Noise(2, units), Slots);

    private static Tensor Noise(int seed, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        GaussianNoise.Fill(values, RandomKey.FromSeed(seed), 0, mean: 0, deviation: 1);
        return FloatTensors.Of(values, shape);
    }

    private static void AreClose(Tensor expected, Tensor actual) =>
        Closeness.AssertClose(expected.detach().contiguous().data<float>().ToArray(), actual.detach().contiguous().data<float>().ToArray(), 1e-5, "element");

    private sealed class RecordingUpdate : ISlotUpdate
    {
        public List<int> Slots { get; } = [];

        public void BringUpToDate(SlotMatrix matrix, int first, int end) => Slots.AddRange(matrix.Touched[first..end].ToArray());
    }
}
