using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

/// <summary>Optimizers out of range.</summary>
[TestClass]
public sealed class OptimizerRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("Momentum", () => Trainer(Quick with { Optimizer = Optimizer.Sgd(momentum: 1) }), "Optimizer.Momentum", "below 1", "1"),
        Case("Momentum of RMSprop", () => Trainer(Quick with { Optimizer = Optimizer.RmsProp(momentum: -0.1) }), "Optimizer.Momentum", "at least 0", "-0.1"),
        Case("Nesterov without momentum", () => Trainer(Quick with { Optimizer = Optimizer.Sgd(nesterov: true) }), "Optimizer.Nesterov is true", "Optimizer.Momentum is 0"),
        Case("Beta1", () => Trainer(Quick with { Optimizer = Optimizer.Adam(beta1: 1) }), "Optimizer.Beta1", "below 1", "1"),
        Case("Beta2", () => Trainer(Quick with { Optimizer = Optimizer.Adam(beta2: double.NaN) }), "Optimizer.Beta2", "below 1", "NaN"),
        Case("Epsilon of Adam", () => Trainer(Quick with { Optimizer = Optimizer.Adam(epsilon: 0) }), "Optimizer.Epsilon", "from 1E-30 to 1", "0"),
        Case("Epsilon of RMSprop", () => Trainer(Quick with { Optimizer = Optimizer.RmsProp(epsilon: 2) }), "Optimizer.Epsilon", "from 1E-30 to 1", "2"),
        Case("Rho", () => Trainer(Quick with { Optimizer = Optimizer.RmsProp(rho: 1) }), "Optimizer.Rho", "below 1", "1"),
        Case("a decay that flips the weights", () => Trainer(Quick with { LearningRate = 0.5, Recipe = RegularizationRecipe.None with { WeightDecay = 2 } }), "LearningRate", "0.5", "WeightDecay", "2", "below 1"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
