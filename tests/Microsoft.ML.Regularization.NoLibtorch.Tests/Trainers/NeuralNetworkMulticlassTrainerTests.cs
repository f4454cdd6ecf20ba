namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

[TestClass]
public sealed class NeuralNetworkMulticlassTrainerTests
{
    [TestMethod]
    public void Training_names_the_package_that_is_missing_each_time()
    {
        var ml = new MLContext(seed: 1);
        var data = Digits.Load(ml);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.NeuralNetwork());

        // Type initializers that failed once throw another exception the second time.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var exception = Assert.ThrowsExactly<InvalidOperationException>(() => pipeline.Fit(data));
            Assert.Contains("TorchSharp-cpu", exception.Message);
        }
    }
}
