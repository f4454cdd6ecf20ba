namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

[TestClass]
public sealed class OptimizerTests
{
    [TestMethod]
    public void The_factories_have_the_defaults_of_the_records()
    {
        Assert.AreEqual(new SgdOptimizer(), Optimizer.Sgd());
        Assert.AreEqual(new AdamOptimizer(), Optimizer.Adam());
        Assert.AreEqual(new RmsPropOptimizer(), Optimizer.RmsProp());
        Assert.AreEqual(Optimizer.Adam(0.8, 0.95, 1e-6), Optimizer.AdamW(0.8, 0.95, 1e-6));
        Assert.AreEqual(Optimizer.AdamW(), TrainingPlan.Of(new NeuralNetworkOptions { Effort = TrainingEffort.Quick }, LearningTask.Regression).Optimizer);
    }

    [TestMethod]
    public void The_factories_put_each_argument_in_its_place()
    {
        Assert.AreEqual(new SgdOptimizer { Momentum = 0.8, Nesterov = true }, Optimizer.Sgd(0.8, nesterov: true));
        Assert.AreEqual(new AdamOptimizer { Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6 }, Optimizer.Adam(0.8, 0.95, 1e-6));
        Assert.AreEqual(new RmsPropOptimizer { Rho = 0.9, Epsilon = 1e-6, Momentum = 0.7 }, Optimizer.RmsProp(0.9, 1e-6, 0.7));
    }

    [TestMethod]
    public void An_optimizer_prints_what_it_is()
    {
        Assert.AreEqual("SGD", Optimizer.Sgd().ToString());
        Assert.AreEqual("SGD, momentum 0.9", Optimizer.Sgd(0.9).ToString());
        Assert.AreEqual("SGD, Nesterov momentum 0.9", Optimizer.Sgd(0.9, nesterov: true).ToString());
        Assert.AreEqual("Adam, betas 0.9 and 0.999, epsilon 1E-08", Optimizer.AdamW().ToString());
        Assert.AreEqual("RMSprop, rho 0.99, epsilon 1E-08", Optimizer.RmsProp().ToString());
        Assert.AreEqual("RMSprop, rho 0.9, epsilon 1E-06, momentum 0.5", Optimizer.RmsProp(0.9, 1e-6, 0.5).ToString());
    }
}
