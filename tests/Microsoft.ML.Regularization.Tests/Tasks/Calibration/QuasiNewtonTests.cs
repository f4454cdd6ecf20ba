namespace Microsoft.ML.Regularization.Tests.Tasks.Calibration;

[TestClass]
public sealed class QuasiNewtonTests
{
    [TestMethod]
    public void It_finds_the_end_of_Rosenbrocks_valley()
    {
        var found = QuasiNewton.Minimize(
            (point, gradient) =>
            {
                var (x, y) = (point[0], point[1]);
                (gradient[0], gradient[1]) = (-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x));
                return 100 * Math.Pow(y - x * x, 2) + Math.Pow(1 - x, 2);
            },
            [-1.2, 1]);
        Assert.AreEqual(1, found[0], 1e-6);
        Assert.AreEqual(1, found[1], 1e-6);
    }

    [TestMethod]
    public void It_solves_a_quadratic_of_many_scales()
    {
        var found = QuasiNewton.Minimize(
            (point, gradient) =>
            {
                var value = 0.0;
                for (var i = 0; i < point.Length; i++)
                {
                    var curvature = Math.Pow(10, i / 6.0);
                    gradient[i] = curvature * (point[i] - i);
                    value += curvature * Math.Pow(point[i] - i, 2) / 2;
                }

                return value;
            },
            new double[20]);
        for (var i = 0; i < found.Length; i++)
            Assert.AreEqual(i, found[i], 1e-6);
    }

    [TestMethod]
    public void Where_the_function_is_no_number_there_is_no_point() =>
        Assert.IsTrue(double.IsNaN(QuasiNewton.Minimize((_, _) => double.NaN, [1])[0]));
}
