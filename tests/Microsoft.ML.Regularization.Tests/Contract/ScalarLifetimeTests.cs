using System.Reflection;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>
/// No number that libtorch reads may be left to the garbage collector, which would free it during the call: see <see cref="TensorArithmetic"/>.
/// </summary>
[TestClass]
public sealed class ScalarLifetimeTests
{
    // Here each number is disposed of after its call, or kept for ever.
    private static readonly Type[] Keepers = [typeof(Scalars), typeof(TensorArithmetic), typeof(InPlaceArithmetic)];

    // Scripts take tensors and truth values as they are; only float, double and long arguments would become Scalars.
    private static readonly string[] Harmless = ["CompilationUnit.invoke"];

    private static readonly Assembly Torch = typeof(Scalar).Assembly;

    [TestMethod]
    public void Numbers_become_scalars_only_where_they_outlive_the_call()
    {
        var methods = Library().Where(method => !Keepers.Contains(method.DeclaringType) && Calls.Of(method).Any(MakesScalar)).Select(Name);
        Assert.IsEmpty(methods, Advice("a number is converted to a Scalar that nothing keeps alive", methods));
    }

    [TestMethod]
    public void No_method_of_TorchSharp_is_called_that_makes_a_scalar_inside()
    {
        var callsOf = new Dictionary<MethodBase, MethodBase[]>();
        var calls = from method in Library()
                    from called in Calls.Of(method).Distinct()
                    where !MakesScalar(called) && MakesScalarInside(called, callsOf) && !Harmless.Contains($"{called.DeclaringType!.Name}.{called.Name}")
                    select $"{Name(method)} calls {called}";
        Assert.IsEmpty(calls, Advice("TorchSharp makes a Scalar of its own that nothing keeps alive", calls));
    }

    [TestMethod]
    public void The_scan_finds_the_conversions_there_are()
    {
        Func<Tensor, Tensor>[] hazards = [x => x + x, x => 2.0 * x, x => x.square(), x => x.add(x), x => torch.nn.functional.mish(x)];
        foreach (var hazard in hazards)
            Assert.IsTrue(Calls.Of(hazard.Method).Any(called => MakesScalarInside(called, [])), hazard.Method.Name);
        Func<Tensor, Tensor> conversion = x => x.clamp_min(0);
        Assert.IsTrue(Calls.Of(conversion.Method).Any(MakesScalar));
        Func<Tensor, Tensor>[] harmless = [x => x * x, x => x - x, x => -x / x, x => x.exp()];
        foreach (var safe in harmless)
            Assert.IsFalse(Calls.Of(safe.Method).Any(called => MakesScalar(called) || MakesScalarInside(called, [])), safe.Method.Name);
    }

    private static IEnumerable<MethodBase> Library() => Calls.Methods(typeof(TensorArithmetic).Assembly);

    private static bool MakesScalar(MethodBase method) => (method.IsConstructor && method.DeclaringType == typeof(Scalar))
        || (method is MethodInfo { Name: "op_Implicit" or "ToScalar" or "ToBFloat16Scalar" } maker && maker.ReturnType == typeof(Scalar));

    // Follows calls within TorchSharp.
    private static bool MakesScalarInside(MethodBase method, Dictionary<MethodBase, MethodBase[]> callsOf)
    {
        var reached = new HashSet<MethodBase> { method };
        for (var open = new Queue<MethodBase>(reached); open.TryDequeue(out var next);)
        {
            if (next.DeclaringType?.Assembly != Torch)
                continue;
            if (!callsOf.TryGetValue(next, out var calls))
                callsOf[next] = calls = [.. Calls.Of(next).Distinct()];
            if (calls.Any(MakesScalar))
                return true;
            foreach (var called in calls.Where(reached.Add))
                open.Enqueue(called);
        }

        return false;
    }

    private static string Name(MethodBase method) => $"{method.DeclaringType!.FullName}.{method.Name}";

    private static string Advice(string what, IEnumerable<string> where) =>
        $"{what} while libtorch reads it; write tensor.Plus, Times, AtLeast, Squared and so on of {nameof(TensorArithmetic)} or {nameof(InPlaceArithmetic)}, "
        + $"or a constant of {nameof(Scalars)}:{Environment.NewLine}{string.Join(Environment.NewLine, where)}";
}
