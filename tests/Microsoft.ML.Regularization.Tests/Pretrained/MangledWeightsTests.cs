using System.Globalization;
using Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;

namespace Microsoft.ML.Regularization.Tests.Pretrained;

/// <summary>Whatever is changed in a file of weights: it is refused by an error that says so, or its tensors are read.</summary>
[TestClass]
public sealed class MangledWeightsTests
{
    private const int Mutants = 1000;

    private static readonly ConvNetArchitecture Network = NetworkArchitecture.ConvNet(2) with { Normalization = Normalization.None };

    [TestMethod]
    public void It_is_refused_or_read()
    {
        float[] numbers = [.. Enumerable.Range(0, 18).Select(place => place / 7f)];
        var onnx = WeightFile.Onnx(
            [WeightFile.Floats("blocks.0.conv.weight", numbers, 2, 1, 3, 3), WeightFile.Floats("blocks.0.conv.bias", [1, 2], 2), WeightFile.Floats("925", numbers[..4], 2, 2)],
            WeightFile.Node("MatMul", ["x", "925"], "y"), WeightFile.Node("Add", ["output.bias", "y"], "z"));
        var safetensors = Microsoft.ML.Regularization.Tensors.Safetensors.Write(new NetworkWeights(
            [new NetworkTensor("blocks.0.conv.weight", [2, 1, 3, 3], numbers), new NetworkTensor("blocks.0.conv.bias", [2], new float[2])]));
        var (random, refused, faults) = (new Random(20260701), 0, new List<string>());
        using var file = new WeightFile([]);
        for (var mutant = 0; mutant < Mutants; mutant++)
        {
            var isOnnx = mutant % 2 == 0;
            var (content, what) = isOnnx ? Mutation.Bytes(onnx, random) : Mutation.Of("x.safetensors", safetensors, random);
            File.WriteAllBytes(file.Path, content);
            try
            {
                var weights = isOnnx ? PretrainedWeights.FromOnnx(file.Path) : PretrainedWeights.FromSafetensors(file.Path);
                weights.ReportFor(isOnnx ? Network : Network, new ImageShape(8, 8));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{(isOnnx ? "ONNX" : "safetensors")}, {what}: {exception}"));
            }
        }

        Assert.IsEmpty(faults, $"{faults.Count} of {Mutants}: " + string.Join(Environment.NewLine, faults.Take(10)));
        Assert.IsTrue(refused > Mutants / 3 && refused < Mutants, $"{refused} of {Mutants} refused");
    }
}
