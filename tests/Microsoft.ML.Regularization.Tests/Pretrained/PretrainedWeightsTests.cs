using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Pretrained;

/// <summary>Files that have the names of the library's own tensors.</summary>
[TestClass]
public sealed class PretrainedWeightsTests
{
    private static readonly ArchitectureCase Own = new(NetworkArchitecture.ConvNet(4, 5), ArchitectureCase.Images);
    private static readonly IDataView Rows = new MLContext().Data.LoadFromEnumerable(InputExample.Of(30));
    private static readonly ImageShape Image = new(InputExample.Side, InputExample.Side);
    private static readonly PixelScaling Pixels = new() { Mean = [0.5f], Deviation = [2] };
    private static readonly NetworkWeights Trained = Own.Trainer(LearningTask.Regression, RegularizationRecipe.None, epochs: 1).Fit(Rows).GetNeuralNetwork().Outcome.Weights;

    private static IEnumerable<NetworkTensor> Body => Trained.Tensors.Where(tensor => !tensor.Name.StartsWith("output.", StringComparison.Ordinal));

    [TestMethod]
    public void Everything_but_the_head_and_the_scale_is_taken_and_reported()
    {
        using var file = WeightFile.Safetensors(Trained.Tensors);
        var weights = PretrainedWeights.FromSafetensors(file.Path) with { Pixels = Pixels };

        var matched = weights.Match(Own.Architecture, new InputLayout { Numbers = 64, Image = Image });

        CollectionAssert.AreEqual(new[] { "output.weight", "output.bias" }, matched.Report.New.ToArray());
        CollectionAssert.AreEquivalent(new[] { "output.weight", "output.bias", "scaling.center", "scaling.factor" }, matched.Report.Left.ToArray());
        foreach (var tensor in matched.Weights.Tensors)
            CollectionAssert.AreEqual(Trained.Find(tensor.Name)!.Values.ToArray(), tensor.Values.ToArray(), tensor.Name);
        Assert.HasCount(Trained.Tensors.Count - 4, matched.Weights.Tensors);
        Assert.Contains("taken: blocks.0.conv.weight", weights.ReportFor(Own.Architecture, Image).ToString());
        Assert.HasCount(Trained.Tensors.Count, weights.ListTensors());
    }

    [TestMethod]
    public void Training_starts_from_them_and_from_their_scale()
    {
        using var file = WeightFile.Safetensors(Body);
        var options = Own.Options(RegularizationRecipe.None, epochs: 1) with
        {
            Pretrained = PretrainedWeights.FromSafetensors(file.Path) with { Pixels = Pixels },
            LearningRate = 1e-12,
        };
        foreach (var members in new[] { 1, 2 })
        {
            var network = EveryTask.Trainer(new MLContext(seed: 2), LearningTask.MulticlassClassification, options with { Members = members }).Fit(Rows).GetNeuralNetwork();
            foreach (var member in network.IsEnsemble ? network.Members : [network])
            {
                foreach (var tensor in Body.Where(tensor => !tensor.Name.Contains("running", StringComparison.Ordinal) && !tensor.Name.StartsWith("scaling", StringComparison.Ordinal)))
                    Golden.Closeness.AssertClose(tensor.Values.Span, member.Outcome.Weights.Find(tensor.Name)!.Values.Span, 1e-9, tensor.Name);
                Assert.IsTrue(member.Outcome.InputScaler!.Center.All(center => center == 0.5f) && member.Outcome.InputScaler.Factor.All(factor => factor == 0.5f));
                Assert.AreEqual(3, (int)member.Outcome.Weights.Find("output.weight")!.Shape[0]);
            }
        }
    }

    [TestMethod]
    public void Names_are_changed_by_rules_and_a_prefix_does_not_matter()
    {
        using var file = WeightFile.Safetensors(Body.Where(IsLearned).Select(tensor => tensor with { Name = "net." + tensor.Name.Replace("blocks.", "stage_", StringComparison.Ordinal) })
            .Append(new NetworkTensor("net.queue", [2], new float[2])));
        var weights = PretrainedWeights.FromSafetensors(file.Path) with { Names = [new("*.stage_*", "*.blocks.*")], Unused = ["*queue"] };

        var report = weights.ReportFor(Own.Architecture, Image);

        CollectionAssert.AreEqual(new[] { "net.queue" }, report.Left.ToArray());
        CollectionAssert.AreEqual(new[] { "net.stage_0.conv.weight" }, report.Taken[0].Sources.ToArray());
        Assert.HasCount(Body.Count(IsLearned), report.Taken);
    }

    [TestMethod]
    public void Halves_and_brain_floats_are_read_from_safetensors()
    {
        float[] numbers = [1.5f, -2, 0.25f];
        var (half, brain) = (Array.ConvertAll(numbers, number => (Half)number), Array.ConvertAll(numbers, number => (ushort)(BitConverter.SingleToUInt32Bits(number) >> 16)));
        var header = new SafetensorsHeader(null, [new TensorEntry("half", "F16", [3]), new TensorEntry("ids", "I64", [1]), new TensorEntry("brain", "BF16", [3])]).Write();
        using var stream = new MemoryStream([.. header, .. MemoryMarshal.AsBytes(half.AsSpan()), .. new byte[8], .. MemoryMarshal.AsBytes(brain.AsSpan())]);

        var tensors = SafetensorsFile.Read(stream).Tensors;

        CollectionAssert.AreEqual(numbers, tensors[2].Read());
        CollectionAssert.AreEqual(numbers, tensors[0].Read());
        Assert.IsTrue(tensors[1].IsConstant);
    }

    private static bool IsLearned(NetworkTensor tensor) => !tensor.Name.StartsWith("scaling.", StringComparison.Ordinal);
}
